"""Public pages of services and service points."""

from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from dialogi.commons.panels import panels_for
from dialogi.commons.places import places_answer, places_picture
from dialogi.commons.public_door import public_page
from dialogi.commons.versions import of_anything, of_kinds
from dialogi.commons.web import DialogiRequest, needs, open_to_all, page
from dialogi.commons.wordings import outdated_on_page
from dialogi.services.models import Service, ServicePoint
from dialogi.services.queries import points, promised_days_by_kind, services_by_sector
from dialogi.services.rules import PROMISED_KINDS, READ

OF_SERVICES = of_kinds("services.*", "people.unit.*", "people.organisation.*")


@require_GET
@open_to_all("services are public")
@public_page(OF_SERVICES)
def services(request: DialogiRequest) -> HttpResponse:
    """List the services under the sector that answers for them, and those that others provide."""
    return page(request, "services/service_list.html", groups=services_by_sector())


@require_GET
@needs(READ, Service, field="slug")
@public_page(of_anything)
def service(request: DialogiRequest, service: Service) -> HttpResponse:
    """Show a service: what it is, who answers for it, by when, how to get it without a device, what people say."""
    days = promised_days_by_kind([kind for kind, _label in PROMISED_KINDS], unit=service.unit) if service.unit else {}
    promises = [(label, days[kind]) for kind, label in PROMISED_KINDS if kind in days]
    places = service.service_points.active().select_related("subject")
    context: dict[str, Any] = {"promises": promises, "points": places, "panels": panels_for(request, service.subject)}
    context["outdated"] = outdated_on_page(service.subject)
    return page(request, "services/service_page.html", service=service, subject=service.subject, **context)


@require_GET
@open_to_all("service points are public")
@public_page(OF_SERVICES)
def service_points(request: DialogiRequest) -> HttpResponse:
    """List the places where people are served in person."""
    return page(request, "services/point_list.html", points=points())


@require_GET
@open_to_all("service points are public")
@public_page(OF_SERVICES)
def point_places(request: DialogiRequest) -> HttpResponse:
    """Return the service points for the map."""
    return places_answer(request, points(), properties=lambda point: {"title": str(point.name), "href": point.get_absolute_url(), "lang": point.name.language})


@require_GET
@open_to_all("service points are public")
@public_page(OF_SERVICES)
def point_map(request: DialogiRequest) -> HttpResponse:
    """Return the service points as a still picture."""
    return places_picture(points())


@require_GET
@needs(READ, ServicePoint)
@public_page(of_anything)
def service_point(request: DialogiRequest, point: ServicePoint) -> HttpResponse:
    """Show a service point: where, when, what one gets there."""
    offered = point.services.active().select_related("subject")
    context: dict[str, Any] = {"offered": offered, "panels": panels_for(request, point.subject), "outdated": outdated_on_page(point.subject)}
    return page(request, "services/point_page.html", point=point, subject=point.subject, **context)
