"""How the room plugs into the house."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dialogi.commons.actors import machine
from dialogi.commons.languages import LANGUAGES, in_language
from dialogi.commons.models import Audience
from dialogi.commons.permissions import may
from dialogi.commons.registry import DutyKind, Job, NavItem, NounPlug, Retention, SearchText, SubjectFacts, registry
from dialogi.people.rules import SWEEPER
from dialogi.systems import (
    actions,
    harmonisation_plugs,  # noqa: F401 - plugs harmonisation cases and their search in
    registers,  # noqa: F401 - plugs the registers in
)
from dialogi.systems.describing import registrations as descriptions  # noqa: F401 - plugs descriptions and corrections in
from dialogi.systems.kinds import Happened
from dialogi.systems.models import AssessmentKind, Contract, Function, InformationStore, System, SystemState, Vendor
from dialogi.systems.queries.confirming import is_anybody_to_be_asked
from dialogi.systems.queries.knowing import held_in_systems
from dialogi.systems.rules import CONFIRM_DUTY, REWORD, SEE_REGISTERS


def _in_all(obj: object, name: str) -> dict[str, str]:
    return {language: getattr(obj, f"{name}_{language}") for language in LANGUAGES}


def describe_system(system: System) -> SubjectFacts:
    """Say what a system looks like to the house: to everybody once its card is public, else to the staff."""
    return SubjectFacts(
        title=_in_all(system, "name"),
        summary=_in_all(system, "purpose"),
        audience=Audience.PUBLIC if system.is_public else Audience.STAFF,
        state=system.state,
        unit_id=system.unit.subject_id if system.unit else None,
        post_id=system.post.subject_id if system.post else None,
        part_of_id=system.main_system.subject_id if system.main_system else None,
    )


def search_system(system: System) -> Sequence[SearchText]:
    """Index name, purpose, product and identifier in each language; nothing of security."""
    rest = f"{system.product} {system.kind} {system.identifier}"
    return [SearchText(language, in_language(system, "name", language), f"{in_language(system, 'purpose', language)} {rest}") for language in LANGUAGES]


def words_of_system(system: System) -> dict[str, dict[str, str]]:
    """Return the texts that wait for a language: those that everybody reads."""
    return {name: _in_all(system, name) for name in actions.SYSTEM_TEXTS} if system.is_public else {}


def describe_store(store: InformationStore) -> SubjectFacts:
    """Say what an information store looks like to the house; the staff sees it."""
    return SubjectFacts(
        title=_in_all(store, "name"),
        summary=_in_all(store, "purpose"),
        audience=Audience.STAFF,
        state="open" if store.is_active else "closed",
        unit_id=store.unit.subject_id if store.unit else None,
        post_id=store.post.subject_id if store.post else None,
    )


def search_store(store: InformationStore) -> Sequence[SearchText]:
    """Index name and purpose."""
    if not store.is_active:
        return []
    return [SearchText(language, in_language(store, "name", language), in_language(store, "purpose", language)) for language in LANGUAGES]


def describe_function(function: Function) -> SubjectFacts:
    """Say what a function looks like to the house."""
    return SubjectFacts(
        title={language: f"{function.code} {getattr(function, f'name_{language}')}".strip() for language in LANGUAGES},
        audience=Audience.STAFF,
        state="open" if function.is_active else "closed",
        part_of_id=function.part_of.subject_id if function.part_of else None,
    )


def describe_vendor(vendor: Vendor) -> SubjectFacts:
    """Say what a vendor looks like to the house."""
    return SubjectFacts(title=dict.fromkeys(LANGUAGES, vendor.name), audience=Audience.STAFF, state="open" if vendor.is_active else "closed")


def describe_contract(contract: Contract) -> SubjectFacts:
    """Say what a contract looks like to the house."""
    return SubjectFacts(
        title=dict.fromkeys(LANGUAGES, contract.name),
        audience=Audience.STAFF,
        state="open" if contract.is_active else "closed",
        unit_id=contract.unit.subject_id if contract.unit else None,
        post_id=contract.post.subject_id if contract.post else None,
    )


registry.add_kinds(Happened)
registry.data_words["system_state_key"] = lambda value: str(SystemState(value).label) if value in SystemState.values else str(value)
registry.data_words["assessment_key"] = lambda value: str(AssessmentKind(value).label) if value in AssessmentKind.values else str(value)
registry.wording_labels |= {
    "purpose": _("What it is for"),
    "energy": _("Use of energy"),
    "hardware_life": _("How long the equipment lasts"),
    "reuse": _("Reuse of equipment and software"),
    "content": _("What data it holds"),
    "search_factors": _("What one searches by"),
    "retention": _("How long it is kept"),
    "archiving": _("How it is archived or destroyed"),
    "people": _("Whose data it is"),
    "legal_basis": _("Legal basis"),
    "recipients": _("To whom it is given"),
    "transfers": _("Transfers outside the EU"),
}
registry.add_noun(
    NounPlug(
        "systems.system",
        System,
        pgettext_lazy("noun", "System"),
        pgettext_lazy("noun", "Systems"),
        describe_system,
        search=search_system,
        holds=held_in_systems,
        forget=lambda person_id: actions.forget_in_systems(person_id, by=machine(SWEEPER)),
        retention="systems.register",
        read_along=("unit", "post", "main_system"),
        changed_by=("changed", "moved_on", "moved_past_gate", "use_added", "use_changed", "use_removed", "store_placed", "integration_added"),
        wordings=words_of_system,
        reword=actions.reword_system,
        rewording=REWORD,
    )
)
registry.add_noun(
    NounPlug(
        "systems.informationstore",
        InformationStore,
        _("Information store"),
        _("Information stores"),
        describe_store,
        search=search_store,
        can_be_spoken_about=False,
        retention="systems.register",
        read_along=("unit", "post"),
        reword=actions.reword_store,
        rewording=REWORD,
    )
)
registry.add_noun(
    NounPlug(
        "systems.function",
        Function,
        pgettext_lazy("noun", "Function"),
        pgettext_lazy("noun", "Functions"),
        describe_function,
        can_be_spoken_about=False,
        retention="systems.register",
        read_along=("part_of",),
        reword=actions.reword_function,
        rewording=REWORD,
    )
)
registry.add_noun(NounPlug("systems.vendor", Vendor, _("Vendor"), _("Vendors"), describe_vendor, can_be_spoken_about=False, retention="systems.register"))
registry.add_noun(
    NounPlug(
        "systems.contract",
        Contract,
        pgettext_lazy("noun", "Contract"),
        pgettext_lazy("noun", "Contracts"),
        describe_contract,
        can_be_spoken_about=False,
        retention="systems.register",
        read_along=("unit", "post"),
    )
)
registry.nav.append(NavItem("desk", pgettext_lazy("noun", "Systems"), "/desk/systems/", 60, lambda actor: bool(may(actor, SEE_REGISTERS))))
registry.duties[CONFIRM_DUTY] = DutyKind(
    CONFIRM_DUTY,
    _("Confirm that the register is still true of the system"),
    lambda subject: f"/desk/systems/{subject.code}/",
    on_overdue=actions.mark_unconfirmed,
)
registry.jobs["systems.ask"] = Job("systems.ask", 3600, lambda: actions.ask_those_never_asked(by=machine(SWEEPER)), is_anybody_to_be_asked)
registry.jobs["systems.let_go_of_files"] = Job("systems.let_go_of_files", 86_400, lambda: actions.let_go_of_files(by=machine(SWEEPER)))
registry.retentions["systems.register"] = Retention(
    "systems.register",
    _("The register of systems: systems, uses, information stores, contracts and their history"),
    _("Information management (Act 906/2019, section 5). Posts are named, not people; who assessed what is forgotten with the person."),
    None,
)
