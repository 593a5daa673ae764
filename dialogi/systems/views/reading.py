"""The page of a system as whoever sees it may read it."""

from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from dialogi.commons.panels import panels_for
from dialogi.commons.public_door import public_page
from dialogi.commons.timeline import timeline
from dialogi.commons.versions import of_anything
from dialogi.commons.web import DialogiRequest, needs, page
from dialogi.commons.wordings import outdated_on_page
from dialogi.systems.models import System
from dialogi.systems.rules import READ


@require_GET
@needs(READ, System, along=("unit", "post", "main_system__subject"))
@public_page(of_anything)
def system_page(request: DialogiRequest, system: System) -> HttpResponse:
    """A system: what it is for, where it stands, who answers for it."""
    context: dict[str, Any] = {"panels": panels_for(request, system.subject), "outdated": outdated_on_page(system.subject)}
    context["thread"] = timeline(system.subject, actor=request.actor)
    return page(request, "systems/system_page.html", system=system, subject=system.subject, **context)
