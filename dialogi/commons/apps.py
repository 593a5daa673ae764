"""Starting the cellar: collect every room's plugs, then close the registry."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.module_loading import autodiscover_modules


class CommonsConfig(AppConfig):
    """The room that the others stand on."""

    name = "dialogi.commons"
    label = "commons"

    def ready(self) -> None:
        """Let each room plug itself in; after this the registry takes no more."""
        autodiscover_modules("registrations", "reactions", "messages")

        from dialogi.commons import guards, jobs

        # The one signal of the house: when a migration rebuilds a table, SQLite silently drops its triggers and what it knew of its size.
        post_migrate.connect(guards.after_migration, sender=self, dispatch_uid="commons.guards")
        post_migrate.connect(jobs.after_migration, sender=self, dispatch_uid="commons.jobs")
