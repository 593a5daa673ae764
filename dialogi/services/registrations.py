"""How the room plugs into the house."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from dialogi.commons.languages import LANGUAGES, in_language
from dialogi.commons.models import Audience
from dialogi.commons.registry import NounPlug, SearchText, SubjectFacts, registry
from dialogi.services import registers  # noqa: F401 - plugs the registers in
from dialogi.services.actions import reword_service, reword_service_point
from dialogi.services.kinds import Happened
from dialogi.services.models import Service, ServicePoint
from dialogi.services.rules import PROMISED_KINDS, REWORD_SERVICES


def _in_all(obj: object, name: str) -> dict[str, str]:
    return {language: getattr(obj, f"{name}_{language}") for language in LANGUAGES}


def describe_service(service: Service) -> SubjectFacts:
    """Say what a service looks like to the house."""
    return SubjectFacts(
        title=_in_all(service, "name"),
        summary=_in_all(service, "description"),
        audience=Audience.PUBLIC,
        state="open" if service.is_active else "closed",
        unit_id=service.unit.subject_id if service.unit else None,
    )


def search_service(service: Service) -> Sequence[SearchText]:
    """Index name, description and the other words people use."""
    if not service.is_active:
        return []
    return [
        SearchText(language, in_language(service, "name", language), f"{in_language(service, 'description', language)} {service.words}")
        for language in LANGUAGES
    ]


def describe_point(point: ServicePoint) -> SubjectFacts:
    """Say what a service point looks like to the house."""
    return SubjectFacts(
        title=_in_all(point, "name"),
        summary=_in_all(point, "hours"),
        audience=Audience.PUBLIC,
        state="open" if point.is_active else "closed",
        unit_id=point.unit.subject_id,
        place_words=" / ".join(dict.fromkeys(filter(None, [point.address_sv, point.address_fi]))),
        latitude=point.latitude,
        longitude=point.longitude,
    )


def search_point(point: ServicePoint) -> Sequence[SearchText]:
    """Index name, address and how accessible it is."""
    if not point.is_active:
        return []
    return [
        SearchText(language, in_language(point, "name", language), f"{in_language(point, 'address', language)} {in_language(point, 'access', language)}")
        for language in LANGUAGES
    ]


def _promised(kind: str) -> str:
    return str(dict(PROMISED_KINDS).get(kind, _("Every kind")))


registry.data_words["promised_key"] = _promised
registry.add_kinds(Happened)
registry.wording_labels |= {
    "address": _("Address"),
    "hours": _("Opening hours"),
    "access": _("How accessible it is"),
    "without_device": _("How to get it without a device"),
}
registry.add_noun(
    NounPlug(
        "services.service",
        Service,
        _("Service"),
        _("Services"),
        describe_service,
        search=search_service,
        reword=reword_service,
        rewording=REWORD_SERVICES,
    )
)
registry.add_noun(
    NounPlug(
        "services.servicepoint",
        ServicePoint,
        _("Service point"),
        _("Service points"),
        describe_point,
        search=search_point,
        reword=reword_service_point,
        rewording=REWORD_SERVICES,
    )
)
