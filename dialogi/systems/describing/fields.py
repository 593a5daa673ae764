"""Who may read which field of the register: one table for every description, page, print and file (Act 621/1999, section 24).

A field that is not in the table can stand in no description. What helps an attacker, and what assessors wrote, is for the team
and those who answer: it leaves the building in no form. `docs/descriptions.md` shows the table; a test holds both to the models.
"""

from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dialogi.systems.models import DescriptionKind


class Sees(IntEnum):
    """Who may read: each also what stands before it."""

    PUBLIC = 0
    STAFF = 1
    TEAM = 2


class Part(IntEnum):
    """Under which heading of a card a field stands."""

    WHAT = 0
    DATA = 1
    RUN = 2
    WHO = 3


PARTS: Final = {Part.WHAT: _("What it is for"), Part.DATA: _("What it keeps"), Part.RUN: _("How it is run"), Part.WHO: _("Who answers")}


@dataclass(frozen=True, slots=True)
class Field:
    """One line of a description: its words, who may read it, and which fields of the register it shows."""

    key: str
    label: str | Lazy
    sees: Sees
    of: tuple[str, ...]
    part: Part = Part.WHAT


def _every(model: str, names: str) -> tuple[str, ...]:
    return tuple(f"{model}.{name}" for name in names.split())


PUBLIC, STAFF, TEAM = Sees.PUBLIC, Sees.STAFF, Sees.TEAM
_FIELDS = (
    Field("name", _("Name"), PUBLIC, ("System.name", "InformationStore.name", "Contract.name", "Vendor.name")),
    Field("purpose", _("What it is for"), PUBLIC, ("System.purpose", "InformationStore.purpose")),
    Field("services", _("Services that it carries"), PUBLIC, ("System.services",)),
    Field("functions", pgettext_lazy("noun", "Functions"), PUBLIC, ("SystemUse.function", "SystemUse.function_state", "Function.code", "Function.name")),
    Field("units", _("Used by"), PUBLIC, ("SystemUse.unit", "SystemUse.since", "SystemUse.until")),
    Field("local_names", _("Called in the units"), PUBLIC, ("SystemUse.local_name",)),
    Field("state", pgettext_lazy("of a system", "State"), PUBLIC, ("System.state",)),
    Field("in_use_since", _("In use since"), PUBLIC, ("System.taken_into_use",)),
    Field("kind", pgettext_lazy("of a system", "Type"), PUBLIC, ("System.kind",)),
    Field("main_system", _("Part of"), PUBLIC, ("System.main_system",)),
    Field("identifier", _("Own identifier"), STAFF, ("System.identifier",)),
    Field("user_band", pgettext_lazy("of a system", "Number of users"), STAFF, ("SystemUse.user_band", "SystemUse.coverage")),
    Field("opt_out", _("Units that do not use the common system"), STAFF, ("SystemUse.opt_out_reason",)),
    Field("personal_data", _("Personal data"), PUBLIC, ("System.personal_data", "InformationStore.personal_data", "DataGroup.is_personal"), Part.DATA),
    Field("stores", _("Information stores"), PUBLIC, ("StorePlace.store",), Part.DATA),
    Field("content", _("What data it holds"), PUBLIC, ("InformationStore.content",), Part.DATA),
    Field("data_groups", _("Data groups"), PUBLIC, ("InformationStore.data_groups", "DataGroup.name"), Part.DATA),
    Field("people", _("Whose data it is"), PUBLIC, ("InformationStore.people",), Part.DATA),
    Field("special_categories", _("Special categories of personal data"), PUBLIC, ("InformationStore.special_categories",), Part.DATA),
    Field("legal_basis", _("Legal basis"), PUBLIC, ("InformationStore.legal_basis",), Part.DATA),
    Field("search_factors", _("What one searches by"), PUBLIC, ("InformationStore.search_factors",), Part.DATA),
    Field("retention", _("How long it is kept"), PUBLIC, ("InformationStore.retention",), Part.DATA),
    Field("archiving", _("How it is archived or destroyed"), PUBLIC, ("InformationStore.archiving",), Part.DATA),
    Field("recipients", _("To whom it is given"), PUBLIC, ("InformationStore.recipients",), Part.DATA),
    Field("transfers", _("Transfers outside the EU"), PUBLIC, ("InformationStore.transfers",), Part.DATA),
    Field("openness", _("Open data"), PUBLIC, ("InformationStore.openness",), Part.DATA),
    Field("case_register", _("Part of the case register or of the register of services"), PUBLIC, ("InformationStore.is_case_register",), Part.DATA),
    Field("in_systems", _("In which systems"), PUBLIC, ("StorePlace.system",), Part.DATA),
    Field("destination", _("Where the data goes"), STAFF, ("StorePlace.destination", "StorePlace.moved_to", "StorePlace.destination_note"), Part.DATA),
    Field("goes_to", _("Data goes to"), PUBLIC, ("Integration.system", "Integration.target", "Integration.other_end", "Integration.data"), Part.DATA),
    Field("interfaces", _("Interfaces and how data is moved"), STAFF, ("Integration.kind", "Integration.frequency", "Integration.data_groups"), Part.DATA),
    Field("vendor", _("Vendor"), PUBLIC, ("System.vendor", "Contract.vendor"), Part.RUN),
    Field("product", _("Product"), PUBLIC, ("System.product",), Part.RUN),
    Field("processors", _("Processors"), PUBLIC, (), Part.RUN),
    Field("hosting", _("Run by"), PUBLIC, ("System.hosting",), Part.RUN),
    Field("data_location", _("Where the data lies"), PUBLIC, ("System.data_location",), Part.RUN),
    Field("uses_ai", _("Artificial intelligence"), PUBLIC, ("System.uses_ai",), Part.RUN),
    Field("automated_decisions", _("Decides by itself"), PUBLIC, ("System.makes_automated_decisions",), Part.RUN),
    Field("contract_ends", _("Contract ends"), PUBLIC, ("Contract.ends_on",), Part.RUN),
    Field("end_of_support", _("Support ends"), STAFF, ("System.end_of_support",), Part.RUN),
    Field("energy", _("Use of energy"), PUBLIC, ("System.energy",), Part.RUN),
    Field("hardware_life", _("How long the equipment lasts"), PUBLIC, ("System.hardware_life",), Part.RUN),
    Field("reuse", _("Reuse of equipment and software"), PUBLIC, ("System.reuse",), Part.RUN),
    Field("systems", pgettext_lazy("noun", "Systems"), PUBLIC, ("Contract.systems",), Part.RUN),
    Field("starts", _("Starts on"), PUBLIC, ("Contract.starts_on",), Part.RUN),
    Field("terms", _("General terms"), PUBLIC, ("Contract.terms",), Part.RUN),
    Field("decision", _("Decision on the purchase"), PUBLIC, ("Contract.decision",), Part.RUN),
    Field("notice", _("Last day to give notice"), STAFF, ("Contract.notice_by", "Contract.notice_months", "Contract.renews_by_itself"), Part.RUN),
    Field("options", _("Options to extend"), STAFF, ("Contract.options",), Part.RUN),
    Field("exit", _("How one gets out, and one’s data too"), STAFF, ("Contract.exit_terms",), Part.RUN),
    Field("number", pgettext_lazy("of a contract", "Number"), STAFF, ("Contract.number",), Part.RUN),
    Field("unit", _("Responsible unit"), PUBLIC, ("System.unit", "InformationStore.unit", "Contract.unit"), Part.WHO),
    Field("post", _("Responsible post"), PUBLIC, ("System.post", "InformationStore.post", "Contract.post"), Part.WHO),
    Field("named_by", _("Named by the decision"), PUBLIC, ("System.named_by", "System.post_since"), Part.WHO),
    Field("deputy", pgettext_lazy("of a system", "Deputy"), STAFF, ("System.deputy", "SystemUse.post"), Part.WHO),
    Field("confirmed", _("Last confirmed"), PUBLIC, ("System.confirmed_at", "System.confirmed_by"), Part.WHO),
    Field("criticality", pgettext_lazy("of a system", "If it stands still"), TEAM, ("SystemUse.criticality",)),
    Field(
        "technical",
        _("Technical details"),
        TEAM,
        _every("TechnicalDetails", "version network sign_in backup recovery_hours confidentiality integrity availability notes"),
    ),
    Field("assessments", _("Assessments"), TEAM, _every("Assessment", "kind score summary assessor post assessed_on expires_on")),
)
FIELDS: Final = {field.key: field for field in _FIELDS}


@dataclass(frozen=True, slots=True)
class FreeField:
    """What people write into a description themselves, because no register holds it."""

    key: str
    label: str | Lazy
    sees: Sees = PUBLIC


PREFACE: Final = FreeField("preface", _("Opening words"))
_ASKING = FreeField("how_to_ask", _("How to ask for information"))
_SECURITY = FreeField("security", _("Information security measures"), STAFF)
FREE: Final[dict[str, tuple[FreeField, ...]]] = {
    DescriptionKind.CARD: (_ASKING,),
    DescriptionKind.MODEL: (FreeField("responsibilities", _("Who answers for information management (Act 906/2019, section 4)")), _SECURITY),
    DescriptionKind.PUBLICITY: (FreeField("case_management", _("How the case register and the information of services are managed")), _ASKING),
    DescriptionKind.PROCESSING: (
        FreeField("controller", _("Controller and how to reach it")),
        FreeField("protection_officer", _("Data protection officer")),
        FreeField("joint_controllers", _("Joint controllers")),
        _SECURITY,
    ),
    DescriptionKind.ALGORITHM: (
        FreeField("for_you", _("What it does and what it means for you")),
        FreeField("how_it_decides", _("How it arrives at what it says")),
        FreeField("people_watch", _("What people do and check")),
        FreeField("tested", _("How well it works and how that is followed")),
        FreeField("risks", _("What can go wrong and what is done about it")),
        FreeField("objecting", _("If you disagree with what it did")),
    ),
    DescriptionKind.CONTRACTS: (),
}
