"""Reading descriptions: the published version or an older one, what changed between two, and the same as PDF and JSON."""

from typing import Any, cast

from django.http import Http404, HttpResponse, JsonResponse
from django.views.decorators.http import require_GET

from dialogi.commons.limits import Limit, check
from dialogi.commons.pdf import pdf_response
from dialogi.commons.permissions import NotPossible
from dialogi.commons.public_door import public_page
from dialogi.commons.versions import of_kinds
from dialogi.commons.web import DialogiRequest, needs, open_to_all, page
from dialogi.systems.describing.printing import TOO_LARGE, as_data, as_pdf
from dialogi.systems.models import OF_ONE_SYSTEM, Description, DescriptionVersion, System
from dialogi.systems.queries import describing as reads
from dialogi.systems.rules import READ

OF_DESCRIPTIONS = of_kinds("systems.*")
PRINTING = Limit("print_description", 60, 3600)


@require_GET
@open_to_all("lists only what is published")
@public_page(OF_DESCRIPTIONS)
def descriptions(request: DialogiRequest) -> HttpResponse:
    """List the descriptions of the whole municipality that are published."""
    return page(request, "systems/description_list.html", descriptions=reads.public_descriptions())


@require_GET
@open_to_all("shows only what is published, to staff also what is inside the house")
@public_page(OF_DESCRIPTIONS)
def house_description(request: DialogiRequest, kind: str) -> HttpResponse:
    """Read a description of the whole municipality."""
    return _read(request, _of_house(request, kind))


@require_GET
@needs(READ, System)
@public_page(OF_DESCRIPTIONS)
def system_description(request: DialogiRequest, system: System, kind: str) -> HttpResponse:
    """Read the approved card of a system."""
    return _read(request, _of_system(system, kind))


@require_GET
@open_to_all("shows only what is published, to staff also what is inside the house")
@public_page(OF_DESCRIPTIONS)
def house_changes(request: DialogiRequest, kind: str) -> HttpResponse:
    """Show what changed between two versions of a description of the whole municipality."""
    return _changes(request, _of_house(request, kind))


@require_GET
@needs(READ, System)
@public_page(OF_DESCRIPTIONS)
def system_changes(request: DialogiRequest, system: System, kind: str) -> HttpResponse:
    """Show what changed between two versions of a system's card."""
    return _changes(request, _of_system(system, kind))


@require_GET
@open_to_all("holds only what is published, for staff also what is inside the house")
def house_file(request: DialogiRequest, kind: str, ending: str) -> HttpResponse:
    """Return a description of the whole municipality as PDF or JSON."""
    return _file(request, _of_house(request, kind), ending)


@require_GET
@needs(READ, System)
def system_file(request: DialogiRequest, system: System, kind: str, ending: str) -> HttpResponse:
    """Return the approved card of a system as PDF or JSON."""
    return _file(request, _of_system(system, kind), ending)


def _of_house(request: DialogiRequest, kind: str) -> Description:
    found = Description.objects.visible_to(request.actor).of_the_house().filter(kind=kind).select_related("subject").first()
    if found is None:
        raise Http404
    return cast(Description, found)


def _of_system(system: System, kind: str) -> Description:
    known = system.descriptions.filter(kind=kind).select_related("subject").first() if kind in OF_ONE_SYSTEM else None
    if known is None:
        raise Http404
    found = cast(Description, known)
    found.system = system
    return found


def _version(request: DialogiRequest, description: Description, name: str = "version") -> DescriptionVersion:
    version = reads.version_for(description, sees=reads.sees_of(request.actor), number=request.GET.get(name, ""))
    if version is None:
        raise Http404
    return version


def _read(request: DialogiRequest, description: Description) -> HttpResponse:
    version, sees = _version(request, description), reads.sees_of(request.actor)
    shown = reads.shown_version(description, version, sees=sees)
    sections, paging = reads.paged(shown, request.GET.get("page"))
    context: dict[str, Any] = {"shown": shown, "sections": sections, "paging": paging, "versions": reads.versions_of(description, sees=sees)}
    return page(request, "systems/description_page.html", description=description, subject=description.subject, **context)


def _changes(request: DialogiRequest, description: Description) -> HttpResponse:
    sees = reads.sees_of(request.actor)
    after, before = _version(request, description, "to"), _version(request, description, "from")
    found = reads.compared(description, before=before, after=after, sees=sees)
    context: dict[str, Any] = {"found": found, "versions": reads.versions_of(description, sees=sees)}
    return page(request, "systems/description_changes.html", description=description, subject=description.subject, **context)


def _file(request: DialogiRequest, description: Description, ending: str) -> HttpResponse:
    check(PRINTING, actor=request.actor, request=request)
    version, sees = _version(request, description), reads.sees_of(request.actor)
    shown = reads.shown_version(description, version, sees=sees)
    if ending == "json":
        return JsonResponse(as_data(shown), json_dumps_params={"ensure_ascii": False, "indent": 1})
    if ending != "pdf":
        raise Http404
    try:
        pdf = as_pdf(shown, code=description.subject.code)
    except ValueError:
        raise NotPossible(TOO_LARGE) from None
    return pdf_response(pdf, filename=f"{description.kind}-{version.number}.pdf", is_public=version.published_at is not None and not request.actor.is_staff)
