"""How harmonisation plugs into the house: cases as nouns, the job that looks for candidates, the way there."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dialogi.commons.actors import machine
from dialogi.commons.languages import LANGUAGES, in_language
from dialogi.commons.models import Audience
from dialogi.commons.permissions import may
from dialogi.commons.registry import Job, NavItem, NounPlug, SearchText, SubjectFacts, registry
from dialogi.systems import actions
from dialogi.systems.models import CaseState, HarmonisationCase, Option
from dialogi.systems.queries.harmonising import is_out_of_date
from dialogi.systems.rules import REWORD, SEE_HARMONISATION

SEEKER = "systems"


def describe_case(case: HarmonisationCase) -> SubjectFacts:
    """Say what a case looks like to the house: to the staff, and to everybody once it is public."""
    return SubjectFacts(
        title={language: getattr(case, f"title_{language}") for language in LANGUAGES},
        summary={language: getattr(case, f"summary_{language}") for language in LANGUAGES},
        audience=Audience.PUBLIC if case.is_public else Audience.STAFF,
        state=case.state,
        unit_id=case.unit.subject_id if case.unit else None,
        post_id=case.post.subject_id if case.post else None,
    )


def search_case(case: HarmonisationCase) -> Sequence[SearchText]:
    """Index title and summary in each language."""
    return [SearchText(language, in_language(case, "title", language), in_language(case, "summary", language)) for language in LANGUAGES]


registry.add_noun(
    NounPlug(
        "systems.harmonisationcase",
        HarmonisationCase,
        _("Harmonisation case"),
        _("Harmonisation cases"),
        describe_case,
        search=search_case,
        can_be_spoken_about=False,
        retention="systems.register",
        read_along=("unit", "post"),
        changed_by=("changed", "scope_changed"),
        wordings=lambda case: (
            {name: {language: getattr(case, f"{name}_{language}") for language in LANGUAGES} for name in actions.CASE_TEXTS} if case.is_public else {}
        ),
        reword=actions.reword_case,
        rewording=REWORD,
    )
)
registry.data_words["case_state_key"] = lambda value: str(CaseState(value).label) if value in CaseState.values else str(value)
registry.data_words["case_option_key"] = lambda value: str(Option(value).label) if value in Option.values else str(value)
registry.wording_labels |= {"assumptions": _("What the expected saving rests on")}
registry.jobs["systems.candidates"] = Job("systems.candidates", every=600, run=lambda: actions.look_for_candidates(by=machine(SEEKER)), wanted=is_out_of_date)
registry.nav.append(NavItem("desk", pgettext_lazy("desk", "Harmonisation"), "/desk/harmonisation/", 61, lambda actor: bool(may(actor, SEE_HARMONISATION))))
