"""Words that the room's templates need."""

from django import template
from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext_lazy as _

register = template.Library()

VIEW_NAMES: dict[str, str | Lazy] = {
    "mine": _("Mine"),
    "unit": _("My unit's"),
    "unanswered": _("Unanswered"),
    "overdue": _("Overdue"),
    "unpublished": _("Unpublished"),
    "planned": _("Planned"),
    "unrouted": _("Without a unit"),
    "all": _("All"),
}


@register.filter
def view_name(view: str) -> str:
    """Name a view of the inbox."""
    return str(VIEW_NAMES.get(view, view))
