"""Words that the room's templates need."""

from django import template
from django.utils.formats import date_format
from django.utils.functional import Promise as Lazy
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from dialogi.commons.languages import LANGUAGES, Words, current_language
from dialogi.commons.models import Duty
from dialogi.people.models import LANGUAGE_CHOICES, Unit

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
def texts(reply: object) -> list[Words]:
    """Return an answer's text in every language that it has, that of the page first."""
    order = (current_language(), *(code for code in LANGUAGES if code != current_language()))
    return [Words(text, code) for code in order if (text := getattr(reply, f"text_{code}", ""))]


@register.filter
def language_name(code: str) -> str:
    """Name a language in the language of the page."""
    return str(dict(LANGUAGE_CHOICES).get(code, code))


@register.simple_tag
def answer_to_come(unit: Unit, duty: Duty) -> str:
    """Say who answers by when, or that the promised day has gone."""
    told = {"unit": unit.name, "day": date_format(localtime(duty.due_at), "DATE_FORMAT")}
    return (_("%(unit)s promised to answer by %(day)s. The answer is late.") if duty.is_overdue else _("%(unit)s answers by %(day)s.")) % told


@register.filter
def view_name(view: str) -> str:
    """Name a view of the inbox."""
    return str(VIEW_NAMES.get(view, view))
