#!/usr/bin/env python
"""Django's command line. Without DJANGO_SETTINGS_MODULE it takes the production settings: the strict ones."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")
    from django.core.management import execute_from_command_line  # noqa: PLC0415 (after the default above)

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
