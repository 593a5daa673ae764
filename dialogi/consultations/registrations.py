"""How the room plugs into the house."""

from collections.abc import Sequence

from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from dialogi.commons.languages import LANGUAGES, in_language
from dialogi.commons.models import Audience
from dialogi.commons.registry import NounPlug, SearchText, SubjectFacts, registry
from dialogi.consultations.kinds import Happened
from dialogi.consultations.models import Consultation, PhaseKind, State


def _in_all(obj: object, name: str) -> dict[str, str]:
    return {language: getattr(obj, f"{name}_{language}") for language in LANGUAGES}


def describe_consultation(consultation: Consultation) -> SubjectFacts:
    """Say what a consultation looks like to the house. A draft is seen by its unit and by communications."""
    return SubjectFacts(
        title=_in_all(consultation, "title"),
        summary=_in_all(consultation, "summary"),
        audience=Audience.REVIEW if consultation.state == State.DRAFT else Audience.PUBLIC,
        state=consultation.stage().value,
        unit_id=consultation.unit.subject_id,
        area_id=consultation.area.subject_id if consultation.area else None,
        part_of_id=consultation.about_id,
    )


def search_consultation(consultation: Consultation) -> Sequence[SearchText]:
    """Index title, summary, purpose and result in each language."""
    if consultation.state == State.DRAFT:
        return []
    parts = ("summary", "purpose", "open_to_influence", "result")
    return [
        SearchText(language, in_language(consultation, "title", language), " ".join(getattr(consultation, f"{part}_{language}") for part in parts).strip())
        for language in LANGUAGES
    ]


PARTS = {
    "title": _("title"),
    "summary": _("summary"),
    "purpose": _("why we ask"),
    "open_to_influence": _("what can be influenced"),
    "not_open": _("what cannot be influenced"),
    "decision_words": _("how it is decided"),
    "unit": _("responsible unit"),
    "planner": _("planner"),
    "decided_by": _("who decides"),
    "decided_on": _("when it is decided"),
    "contact_name": _("contact person"),
    "contact_email": _("e-mail address"),
    "contact_phone": _("phone"),
    "about": _("what it is about"),
    "area": _("area"),
    "timetable": _("timetable"),
    "annexes": _("annexes"),
    "draft": _("draft"),
    "questions": _("questions"),
}


def _closing(value: str) -> str:
    moment = parse_datetime(value)
    return date_format(timezone.localtime(moment), "DATETIME_FORMAT") if moment else value


registry.data_words["asked_parts_key"] = lambda keys: ", ".join(str(PARTS.get(key, key)) for key in keys)
registry.data_words["phase_key"] = lambda value: str(PhaseKind(value).label) if value in PhaseKind.values else str(value)
registry.data_words["closing_key"] = _closing
registry.add_kinds(Happened)
registry.add_noun(
    NounPlug(
        kind="consultations.consultation",
        model=Consultation,
        label=_("consultation"),
        label_plural=_("consultations"),
        describe=describe_consultation,
        search=search_consultation,
        read_along=("unit", "area"),
    )
)
