"""What everybody reads: the list of systems, and what runs behind a service."""

from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from dialogi.commons.paging import TownPages
from dialogi.commons.panels import panels_for
from dialogi.commons.permissions import may
from dialogi.commons.public_door import public_page
from dialogi.commons.timeline import timeline
from dialogi.commons.versions import of_anything, of_kinds
from dialogi.commons.web import DialogiRequest, needs, open_to_all, page
from dialogi.commons.wordings import outdated_on_page
from dialogi.systems.forms.reading import SystemListForm
from dialogi.systems.models import System
from dialogi.systems.queries import reading as reads
from dialogi.systems.queries.correcting import corrections_of
from dialogi.systems.queries.describing import public_descriptions, sees_of
from dialogi.systems.rules import DECIDE_CORRECTION, READ

OF_SYSTEMS = of_kinds("systems.*", "people.unit.*", "services.service.*")


@require_GET
@open_to_all("shows only systems that everybody may know")
@public_page(OF_SYSTEMS)
def systems(request: DialogiRequest) -> HttpResponse:
    """Show the list of systems with its filters, and the descriptions of the whole municipality."""
    form = SystemListForm(request.GET)
    shown = TownPages(reads.public_systems(form.wanted()), reads.PAGE_SIZE).get_page(request.GET.get("page"))
    return page(request, "systems/system_list.html", form=form, shown=shown, chips=form.chips(), descriptions=public_descriptions())


@require_GET
@needs(READ, System, along=("unit__subject", "post__subject", "main_system__subject"))
@public_page(of_anything)
def system_page(request: DialogiRequest, system: System) -> HttpResponse:
    """A system: what it is for, what it keeps and how long, how it is run, who answers."""
    context: dict[str, Any] = {"panels": panels_for(request, system.subject), "outdated": outdated_on_page(system.subject)}
    context["facts"] = reads.facts_of(system, sees=sees_of(request.actor))
    context["corrections"] = corrections_of(system)
    context["may_decide"] = may(request.actor, DECIDE_CORRECTION, system)
    context["thread"] = timeline(system.subject, actor=request.actor)
    return page(request, "systems/system_page.html", system=system, subject=system.subject, **context)
