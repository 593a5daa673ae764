"""What everybody may see of moderation: the rules, the log, the counts, the reviews. Never words, never moderators."""

from datetime import datetime, time
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from dialogi.commons.calendar import ZONE
from dialogi.commons.feeds import FeedItem, atom
from dialogi.commons.paging import TownPages
from dialogi.commons.public_door import public_page
from dialogi.commons.versions import of_kinds
from dialogi.commons.web import DialogiRequest, open_to_all, page
from dialogi.voices.forms.moderating import LogForm
from dialogi.voices.models import ModerationDecision
from dialogi.voices.queries import moderation as reads

KINDS = ("published", "masked", "refused", "withdrawn", "appealed", "appeal_decided")
OF_DECISIONS = of_kinds(*(f"voices.voice.{kind}" for kind in KINDS))
FEED_ITEMS = 50


@require_safe
@open_to_all("what is hidden, by which rule, is everybody's to know")
@public_page(OF_DECISIONS)
def log(request: DialogiRequest) -> HttpResponse:
    """Show the rules, the counts by language, the reviews and the log of decisions."""
    form = LogForm(request.GET)
    shown = TownPages(reads.decision_log(form.wanted()), reads.LOG_SIZE).get_page(request.GET.get("page"))
    counts: dict[str, Any] = {"languages": reads.by_language(), "appeals": reads.appeal_counts()}
    return page(request, "voices/moderation_log.html", form=form, shown=shown, rules=reads.rules_in_use(), **counts)


@require_safe
@open_to_all("what is hidden, by which rule, is everybody's to know")
@public_page(OF_DECISIONS)
def feed(request: DialogiRequest) -> HttpResponse:
    """The decisions that hid something, as a feed."""
    decisions = reads.decision_log()[:FEED_ITEMS]
    path = reverse("voices:moderation")
    items = [FeedItem(f"moderation/{decision.pk}", _title(decision), path, _day(decision.decided_at)) for decision in decisions]
    return atom(request, title=_("What was hidden and why"), path=path, items=items)


def _title(decision: ModerationDecision) -> str:
    words = _("%(outcome)s. Rule: %(rule)s. Language: %(language)s. Channel: %(channel)s.")
    voice = decision.voice
    rule = decision.rule.name if decision.rule else "–"
    said = {"language": voice.get_language_display(), "channel": voice.get_channel_display()}
    return words % {"outcome": decision.get_outcome_display(), "rule": rule, **said}


def _day(moment: datetime) -> datetime:
    """The day alone: the exact minute could tell whose words they were."""
    return datetime.combine(timezone.localdate(moment), time(12), tzinfo=ZONE)
