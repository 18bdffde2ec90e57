"""Write the page that a proxy shows while the web process is away: 999 and every area's number."""

import os
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(PROJECT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")


def main() -> None:
    import django

    django.setup()
    from django.template.loader import render_to_string
    from django.utils import timezone

    from thresholds.selectors import help_now_from_files

    target = Path(sys.argv[1])
    target.parent.mkdir(parents=True, exist_ok=True)
    # The numbers alone, without "open now": this page stands for hours and days.
    text = render_to_string("errors/unavailable.html", {"areas": help_now_from_files(None, timezone.now()).areas})
    target.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
