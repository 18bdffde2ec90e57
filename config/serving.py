"""How gunicorn serves the pages: `gunicorn --config python:config.serving config.wsgi:application`.

The image, `./run` and the whole systems that tests and benches start read this file. Commands, workers and other tests
neither warm an index nor watch the watches.
"""

import structlog
from gunicorn.workers.gthread import ThreadWorker

from config.garbage import look_less

log = structlog.get_logger(__name__)


class Worker(ThreadWorker):
    """Gunicorn's threaded worker, but for one thing: once it is told to end it takes no further connection at all.

    Gunicorn's own closes its listening sockets only when the last page is answered. Until then the system goes on
    taking connections that nobody will serve, for as long as the graceful timeout, and drops them at the end. Here who
    comes in that time is refused at once: the proxy shows the numbers to ring.
    """

    def set_accept_enabled(self, enabled: bool) -> None:
        """Begin or cease to accept; for good when this process ends: then who stood in line is let in, and the door is
        shut."""
        accepting = self._accepting
        super().set_accept_enabled(enabled)  # type: ignore[no-untyped-call]  # gunicorn is untyped
        if self.alive or enabled:
            return
        for listener in self.sockets:
            before = -1
            while accepting and before != self.nr_conns < self.worker_connections:
                before = self.nr_conns
                self.accept(listener)  # type: ignore[no-untyped-call]
            listener.close()


workers = 2
threads = 4
worker_class = f"{__name__}.{Worker.__name__}"
timeout = 60
graceful_timeout = 20
"""Seconds in which what was asked for is answered. The deployment and `./run` wait for longer before they kill."""
control_socket_disable = True


def post_worker_init(worker: ThreadWorker) -> None:
    """In each web process, before it takes its first connection: what the first page would else wait for is made, and
    the watch of the watches begins (docs/deploy.md, "What watches what")."""
    # The application is loaded by now, and not before.
    from django.db import DatabaseError, connections  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    from dispatch.watching import keep_looking  # noqa: PLC0415
    from thresholds.selectors import warm_indexes  # noqa: PLC0415

    try:
        warm_indexes(timezone.localdate())
    except DatabaseError as error:
        # While the database is away pages show the numbers, and whoever comes first waits for the index.
        log.warning("indexes_not_warmed", error=type(error).__qualname__)
    finally:
        connections.close_all()
    look_less()
    keep_looking()
