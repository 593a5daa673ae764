"""Descriptions at the desk: begin, make anew, write, approve, publish, withdraw."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dialogi.commons.web import DialogiRequest, load, needs, page
from dialogi.systems import actions
from dialogi.systems.describing.fields import Sees
from dialogi.systems.describing.parity import what_lacks_a_language
from dialogi.systems.forms.describing import ApproveForm, WithdrawForm, WriteForm
from dialogi.systems.models import OF_ONE_SYSTEM, Description, DescriptionKind, DescriptionState, System
from dialogi.systems.queries import describing as reads
from dialogi.systems.rules import DESCRIBE, SEE_REGISTERS

ALONG = ("system__subject", "system__unit__subject", "system__post")


@require_GET
@needs(SEE_REGISTERS)
def descriptions(request: DialogiRequest) -> HttpResponse:
    """List the descriptions that the actor makes."""
    shown = Paginator(reads.desk_descriptions(request.actor), reads.PAGE_SIZE).get_page(request.GET.get("page"))
    states = dict(DescriptionState.choices)
    rows = [(description, states.get(description.newest_state, "")) for description in shown]
    return page(request, "systems/desk_descriptions.html", shown=shown, rows=rows, unmade=reads.unmade_kinds())


@require_POST
@needs(SEE_REGISTERS)
def begin(request: DialogiRequest) -> HttpResponse:
    """Begin a description from the register as it is."""
    kind, code = request.POST.get("kind", ""), request.POST.get("system", "")[:12]
    if kind not in DescriptionKind.values or (kind in OF_ONE_SYSTEM) != bool(code):
        raise Http404
    system = load(request, System, code) if code else None
    made = actions.begin_description(kind, system=system, by=request.actor)
    return redirect("systems:desk_description", key=made.subject.code)


@require_http_methods(["GET", "POST"])
@needs(DESCRIBE, Description, along=ALONG)
def description(request: DialogiRequest, description: Description) -> HttpResponse:
    """Show the newest version with all that can be done to it; write into the draft."""
    newest = description.versions.order_by("-number").first()
    if request.method == "POST" and newest is not None:
        form = WriteForm(description, newest, request.POST)
        if form.is_valid() and form.run(actions.write_description, description, by=request.actor, expecting=form.seen, **form.written()):
            messages.success(request, _("The texts are saved in the draft."))
            return redirect("systems:desk_description", key=description.subject.code)
        return _desk(request, description, status=422, write_form=form)
    return _desk(request, description)


@require_POST
@needs(DESCRIBE, Description, along=ALONG)
def draft(request: DialogiRequest, description: Description) -> HttpResponse:
    """Make a draft from the register as it is now, also in place of a version that was approved and not published."""
    approved = description.versions.filter(state=DescriptionState.APPROVED).exists()
    (actions.reopen_description if approved else actions.draft_version)(description, by=request.actor)
    messages.success(request, _("The draft is made from the register as it is now."))
    return redirect("systems:desk_description", key=description.subject.code)


@require_POST
@needs(DESCRIBE, Description, along=ALONG)
def approve(request: DialogiRequest, description: Description) -> HttpResponse:
    """Approve the draft, as a post or by a decision."""
    form = ApproveForm(request.actor, request.POST)
    if form.is_valid():
        chosen = {name: form.cleaned_data[name] for name in ("post", "decision")}
        if form.run(actions.approve_description, description, by=request.actor, expecting=form.seen, **chosen):
            messages.success(request, _("The version is approved and never changes again. Publish it when it is to be read by everybody."))
            return redirect("systems:desk_description", key=description.subject.code)
    return _desk(request, description, status=422, approve_form=form)


@require_POST
@needs(DESCRIBE, Description, along=ALONG)
def publish(request: DialogiRequest, description: Description) -> HttpResponse:
    """Publish the approved version in both languages."""
    version = actions.publish_description(description, by=request.actor)
    messages.success(request, _("Version %(number)s is published in Swedish and Finnish.") % {"number": version.number})
    return redirect("systems:desk_description", key=description.subject.code)


@require_POST
@needs(DESCRIBE, Description, along=ALONG)
def withdraw(request: DialogiRequest, description: Description) -> HttpResponse:
    """Take the published version from public view."""
    form = WithdrawForm(request.POST)
    if form.is_valid() and form.run(actions.withdraw_description, description, reason=form.cleaned_data["reason"], by=request.actor):
        messages.success(request, _("The description is no longer public."))
        return redirect("systems:desk_description", key=description.subject.code)
    return _desk(request, description, status=422, withdraw_form=form)


def _desk(request: DialogiRequest, description: Description, *, status: int = 200, **forms: Any) -> HttpResponse:
    versions = list(reads.versions_of(description, sees=Sees.STAFF))
    newest = versions[0]
    newest.description = description
    shown = reads.shown_version(description, newest, sees=Sees.STAFF)
    sections, paging = reads.paged(shown, request.GET.get("page"))
    state = newest.state
    context: dict[str, Any] = {"shown": shown, "sections": sections, "paging": paging, "versions": versions, "newest": newest, "state": state}
    context["published"] = next((version for version in versions if version.state == DescriptionState.PUBLISHED), None)
    context["changed"] = reads.changed_since(newest)
    context["lacking"] = what_lacks_a_language(newest) if state != DescriptionState.PUBLISHED else []
    context |= {
        "write_form": WriteForm(description, newest),
        "approve_form": ApproveForm(request.actor, initial={"version": description.subject.version}),
        "withdraw_form": WithdrawForm(),
        **forms,
    }
    return page(request, "systems/desk_description.html", status=status, description=description, **context)
