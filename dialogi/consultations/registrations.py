"""How the room plugs into the house."""

from collections.abc import Callable, Sequence
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dialogi.commons.actors import machine
from dialogi.commons.languages import LANGUAGES, in_language
from dialogi.commons.models import Audience, Duty, Subject
from dialogi.commons.permissions import may
from dialogi.commons.registry import DutyKind, Job, NavItem, NounPlug, Panel, Retention, SearchText, SubjectFacts, registry
from dialogi.consultations import actions, wordings
from dialogi.consultations.kinds import Happened
from dialogi.consultations.models import Consultation, PhaseKind, State
from dialogi.consultations.parts import Part, add_part
from dialogi.consultations.queries import drafts, invitations, opinions, surveys
from dialogi.consultations.queries.comments import ideas_part
from dialogi.consultations.queries.opinion_results import is_any_undrawn
from dialogi.consultations.queries.points import is_anybody_to_tell
from dialogi.consultations.queries.reading import consultations_about
from dialogi.consultations.queries.timing import is_any_to_tell
from dialogi.consultations.rules import ANSWER_DUTY, PREPARE, RECORD_FOR_OTHER
from dialogi.people.rules import SWEEPER


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
    "result": _("result"),
    "cancelled_because": _("why it was cancelled"),
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
    "statements": pgettext_lazy("opinion map", "statements"),
}


def _closing(value: str) -> str:
    moment = parse_datetime(value)
    return date_format(timezone.localtime(moment), "DATETIME_FORMAT") if moment else value


registry.wording_labels |= {name: PARTS[name] for name in ("purpose", "open_to_influence", "not_open", "decision_words", "result", "cancelled_because")}
registry.wording_labels |= {
    "intro": _("introduction"),
    "exception_because": _("why it is in one language"),
    "help": _("help text"),
    "low": _("lower end of the scale"),
    "high": _("upper end of the scale"),
    "answer": _("answer"),
    "change": _("what changed"),
}
registry.data_words["asked_parts_key"] = lambda keys: ", ".join(str(PARTS.get(key, key)) for key in keys)
registry.data_words["phase_key"] = lambda value: str(PhaseKind(value).label) if value in PhaseKind.values else str(value)
registry.data_words["closing_key"] = _closing
add_part(
    Part(
        PhaseKind.SURVEY,
        "consultations/_part_survey.html",
        surveys.survey_part,
        desk_template="consultations/_desk_survey.html",
        desk=lambda phase, actor: surveys.survey_desk(phase),
        gate=surveys.gate,
    )
)
add_part(
    Part(
        PhaseKind.HEARING,
        "consultations/_part_hearing.html",
        drafts.hearing_part,
        desk_template="consultations/_desk_hearing.html",
        desk=lambda phase, actor: drafts.hearing_desk(phase),
        gate=drafts.gate,
    )
)
add_part(
    Part(
        PhaseKind.OPINION_MAP,
        "consultations/_part_opinions.html",
        opinions.opinion_part,
        desk_template="consultations/_desk_opinions.html",
        desk=lambda phase, actor: opinions.opinion_desk(phase),
        gate=opinions.gate,
    )
)
add_part(
    Part(
        PhaseKind.STATEMENTS,
        "consultations/_part_statements.html",
        invitations.round_part,
        desk_template="consultations/_desk_statements.html",
        desk=invitations.round_desk,
        gate=invitations.round_gate,
    )
)
add_part(Part(PhaseKind.IDEAS, "consultations/_part_ideas.html", ideas_part))


def _held(person_id: int) -> list[dict[str, Any]]:
    return [*surveys.held_in_consultations(person_id), *opinions.held_opinions(person_id), *invitations.held_statements(person_id)]


registry.add_kinds(Happened)
registry.add_noun(
    NounPlug(
        kind="consultations.consultation",
        model=Consultation,
        label=_("consultation"),
        label_plural=_("consultations"),
        describe=describe_consultation,
        search=search_consultation,
        holds=_held,
        forget=lambda person_id: actions.forget_in_consultations(person_id, by=machine(SWEEPER)),
        retention="consultations.consultation",
        read_along=("unit", "area"),
        wordings=wordings.texts,
        leaves_words=wordings.LEAVES_WORDS,
        reword=actions.reword_consultation,
        rewording=PREPARE,
        rewords=wordings.is_reworded_by_translators,
        wording_labels=wordings.labels,
        moves_matters=True,
    )
)


def _about(request: HttpRequest, subject: Subject) -> dict[str, Any] | None:
    found = consultations_about(subject)
    return {"consultations": found} if found else None


def _with_consultation(act: Callable[[Consultation], None]) -> Callable[[Duty], None]:
    def called(duty: Duty) -> None:
        consultation = Consultation.objects.filter(subject=duty.subject_id).first()
        if consultation is not None and consultation.state == State.PUBLISHED:
            act(consultation)

    return called


def _desk_address(subject: Subject) -> str:
    return f"/desk/consultations/{subject.code}/"


def _draw_opinion_maps() -> object:
    """By its path: the mathematics is brought in where it runs, and not into every process that shows pages."""
    return import_string("dialogi.consultations.actions.mapping.draw_opinion_maps")()


registry.retentions["consultations.consultation"] = Retention(
    "consultations.consultation",
    _("Consultations with the answers and points; whoever has their data erased stays only in the sums"),
    _("A document of the authority, kept by the records plan (Archives Act 831/1994, section 8)."),
    None,
)
registry.panels.append(Panel(kind="*", template="consultations/_panel_about.html", context=_about, order=30))
registry.duties[ANSWER_DUTY] = DutyKind(
    ANSWER_DUTY,
    _("Answer the points of the consultation"),
    _desk_address,
    on_due_soon=_with_consultation(actions.remind),
    on_overdue=_with_consultation(actions.mark_overdue),
)
registry.jobs["consultations.times"] = Job("consultations.times", every=20, run=actions.tell_of_times, wanted=is_any_to_tell)
registry.jobs["consultations.tell_authors"] = Job("consultations.tell_authors", every=20, run=actions.tell_authors, wanted=is_anybody_to_tell)
registry.jobs["consultations.opinion_maps"] = Job("consultations.opinion_maps", every=60, run=_draw_opinion_maps, wanted=is_any_undrawn)
registry.jobs["consultations.remind_invited"] = Job(
    "consultations.remind_invited", every=600, run=actions.remind_invited, wanted=invitations.is_anybody_to_remind
)
registry.jobs["consultations.nag"] = Job("consultations.nag", every=3600, run=actions.nag)
# Who prepares finds the same from the consultation itself.
registry.nav.append(
    NavItem(
        "desk",
        _("Answers for others"),
        "/desk/consultations/recording/",
        31,
        lambda actor: bool(may(actor, RECORD_FOR_OTHER)) and not bool(may(actor, PREPARE)),
    )
)
