"""Management commands in this environment; ./manage calls it with the project's own Python."""

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dialogi.settings")
    execute_from_command_line(sys.argv)
