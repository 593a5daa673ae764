"""The management commands of an installed Dialogi, from wherever one stands: `dialogi COMMAND`, or `python -m dialogi COMMAND`."""

import os
import sys

from django.core.management import execute_from_command_line


def main() -> None:
    """Run the command with the settings of the house."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dialogi.settings")
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
