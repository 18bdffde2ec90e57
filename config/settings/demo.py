"""`./run` on one's own machine: invented people, e-mail to files, plain http on loopback. Never for real children."""

from config.settings.base import *  # noqa: F403
from config.settings.base import ALLOWED_HOSTS as NAMED_HOSTS

DEMO = True
SHOW_COMPONENTS = True
ALLOWED_HOSTS = [*NAMED_HOSTS, "localhost", "127.0.0.1", "[::1]"]
