"""Pages of the portal."""

from dialogi.portal.views.reading import STANDING

__all__ = ["STANDING"]
