"""./manage install_guards: put the ledger's guards in place; done by itself after every migration."""

from typing import Any

from django.core.management.base import BaseCommand

from dialogi.commons import guards


class Command(BaseCommand):
    """Install what is missing and say what it was."""

    help = "Install the triggers that keep the ledger from being changed. Safe to repeat."

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the command."""
        missing = guards.missing()
        guards.install()
        self.stdout.write(f"Installed: {', '.join(missing)}." if missing else "All guards were in place.")
