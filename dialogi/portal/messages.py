"""What comes back to those who spoke when the matter that their words set in motion is decided; the roof alone knows both ends of the thread."""

from collections.abc import Iterable, Iterator

from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from dialogi.commons.languages import current_language
from dialogi.commons.messages import Message, site_url, subject_url
from dialogi.commons.models import LedgerEntry, Link
from dialogi.commons.models.subjects import LinkKind
from dialogi.commons.registry import registry
from dialogi.decisions.kinds import Happened
from dialogi.decisions.models import Decision
from dialogi.voices.models import Voice
from dialogi.voices.queries.reach import WITH_AUTHOR, author_of, status_path

BATCH = 200


@registry.message_for(Happened.PUBLISHED)
def your_words_led_to_this(entry: LedgerEntry) -> Iterable[Message]:
    """Tell the authors of the voices behind a matter that it has been decided, once nothing is left to decide."""
    decision = Decision.objects.filter(subject=entry.subject_id).select_related("subject", "body", "matter__subject").first()
    if decision is None or decision.matter is None or not decision.settles or not decision.is_public:
        return

    def body(voice: Voice, decision: Decision = decision) -> str:
        made = _("%(outcome)s. %(who)s, %(day)s.") % {
            "outcome": decision.get_outcome_display(),
            "who": decision.body.name if decision.body else decision.office,
            "day": date_format(decision.decided_on, "DATE_FORMAT"),
        }
        opening = _("What you told the municipality is part of what set a matter in motion. Now it has been decided.")
        read = _("Read the decision: %(address)s") % {"address": subject_url(decision.subject, language=current_language())}
        own = _("What you said, and everything that came of it: %(address)s") % {"address": site_url(status_path(voice, current_language()))}
        return "\n\n".join([opening, f"{decision.public_title}\n{made}", read, own])

    for voice in _voices_behind(decision.matter.subject_id):
        to = author_of(voice)
        if to is not None:
            yield Message(to, lambda: _("What you spoke about has been decided"), lambda voice=voice: body(voice), _reason)  # type: ignore[misc]


def _voices_behind(matter_id: int) -> Iterator[Voice]:
    """Voices tied to the matter, by themselves or through their theme."""
    sources = Link.objects.filter(target=matter_id, kind=LinkKind.MOVED).values("source")
    behind = Voice.objects.filter(Q(subject__in=sources) | Q(theme__subject__in=sources))
    return behind.select_related(*WITH_AUTHOR).order_by("pk").iterator(chunk_size=BATCH)


def _reason() -> str:
    return _("You get this message because you told the municipality something and left your contact details.")
