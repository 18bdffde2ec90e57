"""Run several of manage.py's commands in one process, each given as one argument; stop at the first that fails."""

import shlex
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))


def main() -> None:
    import django
    from django.core.management import call_command

    django.setup()
    for line in sys.argv[1:]:
        name, *arguments = shlex.split(line)
        print(f"manage.py {line}", flush=True)
        call_command(name, *arguments)


if __name__ == "__main__":
    main()
