"""Tying what people said to the matter that it set in motion."""

from django.utils.translation import gettext_lazy as _

from dialogi.commons.actors import Actor
from dialogi.commons.door import change, record
from dialogi.commons.models import Audience, Subject
from dialogi.commons.models.subjects import LinkKind
from dialogi.commons.permissions import NotPossible, may, require
from dialogi.commons.registry import registry
from dialogi.commons.thread import tie, untie
from dialogi.decisions.kinds import Happened
from dialogi.decisions.models import Matter
from dialogi.decisions.rules import KEEP_MATTERS, TIE


def tie_to_matter(matter: Matter, *, source: Subject, by: Actor) -> bool:
    """Tie a voice, a theme, a consultation to the matter that it moved. Returns False when it was tied before.

    Those who follow the source hear of it, and from now on of everything that happens to the matter.
    """
    with change(matter) as matter:
        _ask(matter, source, by=by)
        plug = registry.nouns.get(source.kind)
        if plug is None or not plug.moves_matters:
            raise NotPossible(_("Only what people say sets a matter in motion: a voice, a theme, a consultation."))
        if matter.subject.links_in.filter(source=source, kind=LinkKind.MOVED).exists():
            return False
        tie(source, matter.subject, kind=LinkKind.MOVED, by=by)
        kind = Happened.MATTER_MOVED_BY if source.audience == Audience.PUBLIC else Happened.MATTER_MOVED_QUIETLY
        record(kind, on=matter, by=by, data={"source_id": source.pk})
    return True


def untie_from_matter(matter: Matter, *, source: Subject, by: Actor) -> bool:
    """Take a tie away that was made by mistake. Returns False when there was none."""
    with change(matter) as matter:
        _ask(matter, source, by=by)
        if not untie(source, matter.subject, kind=LinkKind.MOVED, by=by):
            return False
        record(Happened.MATTER_UNTIED, on=matter, by=by, data={"source_id": source.pk})
    return True


def _ask(matter: Matter, source: Subject, *, by: Actor) -> None:
    """Whoever keeps the matter may, and whoever answers for what was said."""
    if not may(by, KEEP_MATTERS, matter):
        require(by, TIE, source)
