"""Starting the cellar: collect every room's plugs, then close the registry."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class CommonsConfig(AppConfig):
    """The room that the others stand on."""

    name = "dialogi.commons"
    label = "commons"

    def ready(self) -> None:
        """Let each room plug itself in; after this the registry takes no more."""
        autodiscover_modules("registrations", "reactions")
