"""How the room plugs into the house."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from dialogi.commons.languages import LANGUAGES
from dialogi.commons.models import Audience, Subject
from dialogi.commons.permissions import may
from dialogi.commons.registry import NavItem, NounPlug, Panel, Retention, SearchText, SubjectFacts, registry
from dialogi.decisions import registers  # noqa: F401 - plugs the registers in
from dialogi.decisions.actions import reword_decision, reword_matter
from dialogi.decisions.kinds import Happened
from dialogi.decisions.models import Decision, DecisionState, Matter, MatterState, Mentionable, Outcome
from dialogi.decisions.queries.desk import matters_moved_by
from dialogi.decisions.queries.reading import decided_about, decisions_of_body, matters_of_service, matters_of_unit
from dialogi.decisions.queries.records import frozen_decision, frozen_matter
from dialogi.decisions.rules import KEEP_MATTERS, RECORD, REWORD

AUDIENCES = {DecisionState.DRAFT: Audience.UNIT, DecisionState.PUBLISHED: Audience.PUBLIC, DecisionState.DISCARDED: Audience.NOBODY}


def _public(noun: Mentionable, name: str) -> dict[str, str]:
    """A field in every language, as everybody may read it."""
    if noun.is_public:
        return {language: getattr(noun, f"{name}_{language}") for language in LANGUAGES}
    return {language: getattr(noun, f"mention_{language}") if name == "title" else "" for language in LANGUAGES}


def _worded(noun: Mentionable, *names: str) -> dict[str, dict[str, str]]:
    """What is watched in each language: of what is secret the mention alone."""
    shown = names if noun.is_public else ("mention",)
    return {name: {language: getattr(noun, f"{name}_{language}") for language in LANGUAGES} for name in shown}


def matter_words(matter: Matter) -> dict[str, dict[str, str]]:
    """Return the texts of a matter that everybody may read."""
    return _worded(matter, "title", "summary")


def decision_words(decision: Decision) -> dict[str, dict[str, str]]:
    """Return the texts of a decision that everybody may read; none of a draft."""
    return _worded(decision, "title", "text", "reasons", "office") if decision.is_published else {}


def describe_matter(matter: Matter) -> SubjectFacts:
    """Say what a matter looks like to the house; of what is secret only its mention."""
    return SubjectFacts(
        title=_public(matter, "title"),
        summary=_public(matter, "summary"),
        audience=Audience.PUBLIC,
        state=matter.state,
        unit_id=matter.unit.subject_id,
        post_id=matter.post.subject_id if matter.post else None,
        part_of_id=matter.service.subject_id if matter.service else None,
    )


def search_matter(matter: Matter) -> Sequence[SearchText]:
    """Index title, summary and case number; of what is secret the mention."""
    titles, summaries = _public(matter, "title"), _public(matter, "summary")
    return [SearchText(language, titles[language], f"{summaries[language]} {matter.case_number}".strip()) for language in LANGUAGES if titles[language]]


def describe_decision(decision: Decision) -> SubjectFacts:
    """Say what a decision looks like to the house: a draft to its unit, a public one to everybody."""
    return SubjectFacts(
        title=_public(decision, "title"),
        audience=AUDIENCES[DecisionState(decision.state)],
        state=decision.state,
        unit_id=decision.unit.subject_id,
        post_id=decision.post.subject_id if decision.post else None,
        part_of_id=decision.matter.subject_id if decision.matter else None,
    )


def search_decision(decision: Decision) -> Sequence[SearchText]:
    """Index title, text and reasons once they are public."""
    if not decision.is_published:
        return []
    titles, texts, reasons = (_public(decision, name) for name in ("title", "text", "reasons"))
    return [SearchText(language, titles[language], f"{texts[language]} {reasons[language]}".strip()) for language in LANGUAGES if titles[language]]


def _about(request: HttpRequest, subject: Subject) -> dict[str, Any] | None:
    found = decided_about(subject)
    return {"decided": found} if found else None


def _of_service(request: HttpRequest, subject: Subject) -> dict[str, Any] | None:
    matters = matters_of_service(subject)
    return {"matters": matters, "query": f"service={subject.address.split('/')[-2]}"} if matters else None


def _of_unit(request: HttpRequest, subject: Subject) -> dict[str, Any] | None:
    matters = matters_of_unit(subject)
    return {"matters": matters, "query": f"unit={subject.code}"} if matters else None


def _of_body(request: HttpRequest, subject: Subject) -> dict[str, Any] | None:
    decisions = decisions_of_body(subject)
    return {"decisions": decisions, "query": f"body={subject.code}"} if decisions else None


def _moved(request: HttpRequest, subject: Subject) -> dict[str, Any] | None:
    if not registry.nouns[subject.kind].moves_matters:
        return None
    matters, may_tie = matters_moved_by(subject), bool(may(request.actor, KEEP_MATTERS))  # type: ignore[attr-defined]
    return {"matters": matters, "code": subject.code, "may_tie": may_tie} if matters or may_tie else None


registry.add_kinds(Happened)
registry.wording_labels |= {"reasons": _("Reasons"), "office": _("Office"), "mention": _("What the public reads instead of the title")}
registry.data_words["matter_state_key"] = lambda value: str(MatterState(value).label) if value in MatterState.values else str(value)
registry.data_words["decided_key"] = lambda value: str(Outcome(value).label) if value in Outcome.values else str(value)
registry.add_noun(
    NounPlug(
        kind="decisions.matter",
        model=Matter,
        label=_("matter"),
        label_plural=_("matters"),
        describe=describe_matter,
        search=search_matter,
        freeze=frozen_matter,
        retention="decisions.matter",
        read_along=("unit", "post", "service"),
        wordings=matter_words,
        reword=reword_matter,
        rewording=REWORD,
    )
)
registry.add_noun(
    NounPlug(
        kind="decisions.decision",
        model=Decision,
        label=_("decision"),
        label_plural=_("decisions"),
        describe=describe_decision,
        search=search_decision,
        freeze=frozen_decision,
        retention="decisions.decision",
        read_along=("unit", "post", "matter", "body"),
        changed_by=("corrected", "closed_off", "made_public"),
        wordings=decision_words,
        reword=reword_decision,
        rewording=REWORD,
    )
)
registry.panels += [
    Panel("*", "decisions/_panel_decided.html", _about, order=20),
    Panel("services.service", "decisions/_panel_matters.html", _of_service, order=30),
    Panel("people.unit", "decisions/_panel_matters.html", _of_unit, order=30),
    Panel("people.body", "decisions/_panel_decisions.html", _of_body, order=30),
    Panel("*", "decisions/_panel_moved.html", _moved, order=20, place="desk"),
]
KEPT = _("A document of the authority, kept by the records plan (Archives Act 831/1994, section 8).")
for retention in (
    Retention("decisions.matter", _("Matters, with their case numbers"), KEPT, None),
    Retention("decisions.decision", _("Decisions and their files; of an office-holder the office is named, not the person"), KEPT, None),
):
    registry.retentions[retention.name] = retention
registry.nav += [
    NavItem("main", _("Matters and decisions"), "/matters/", 45),
    NavItem("desk", _("Matters"), "/desk/matters/", 24, lambda actor: bool(may(actor, KEEP_MATTERS))),
    NavItem("desk", _("Decisions"), "/desk/decisions/", 26, lambda actor: bool(may(actor, RECORD))),
]
