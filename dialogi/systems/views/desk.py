"""A system at the desk: everything about it, and what can be done."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dialogi.commons.panels import panels_for
from dialogi.commons.permissions import may
from dialogi.commons.web import DialogiRequest, needs, page
from dialogi.systems import actions
from dialogi.systems.forms.desk import AssessmentForm, HideForm, MoveForm, ResponsibleForm, TechnicalForm
from dialogi.systems.models import System, SystemUse, TechnicalDetails
from dialogi.systems.queries.desk import system_desk
from dialogi.systems.rules import ASSESS, CONFIRM, KEEP, KEEP_USES, NAME_RESPONSIBLE, PUBLISH, SEE_REGISTERS, SEE_TECHNICAL

ALONG = ("unit", "post__unit", "deputy", "named_by__subject", "vendor__subject", "main_system__subject", "confirmed_by")


def _system(request: DialogiRequest, system: System, *, status: int = 200, **forms: Any) -> HttpResponse:
    shown = {"move_form": MoveForm(system, initial={"version": system.subject.version}), "hide_form": HideForm(), **forms}
    rights = {
        "may_keep": bool(may(request.actor, KEEP, system)),
        "may_confirm": bool(may(request.actor, CONFIRM, system)),
        "may_name": bool(may(request.actor, NAME_RESPONSIBLE, system)),
        "may_publish": bool(may(request.actor, PUBLISH, system)),
        "may_see_technical": bool(may(request.actor, SEE_TECHNICAL, system)),
    }
    desk, panels = system_desk(system, actor=request.actor), panels_for(request, system.subject, place="desk")
    return page(request, "systems/desk_system.html", status=status, system=system, desk=desk, panels=panels, **rights, **shown)


def _renew(form: Any, field: str, system: System) -> None:
    """Whoever was too late saw so; the words are kept, and saving them again is meant."""
    form.data = form.data.copy()
    form.data[form.add_prefix(field)] = system.subject.version


def _back(system: System) -> HttpResponse:
    return redirect("systems:desk_system", key=system.subject.code)


@never_cache
@require_GET
@needs(SEE_REGISTERS, System, along=ALONG)
def desk_system(request: DialogiRequest, system: System) -> HttpResponse:
    """Show a system with all its parts."""
    return _system(request, system)


@require_POST
@needs(KEEP, System, along=ALONG)
def move(request: DialogiRequest, system: System) -> HttpResponse:
    """Move a system on, or say what is missing."""
    form = MoveForm(system, request.POST)
    if form.is_valid():
        wanted = {"to": form.cleaned_data["to"], "reason": form.cleaned_data["reason"]}
        if form.run(actions.move_system, system, by=request.actor, expecting=form.seen, **wanted):
            messages.success(request, _("The system has moved on."))
            return _back(system)
    _renew(form, "version", system)
    return _system(request, system, status=422, move_form=form)


@require_POST
@needs(CONFIRM, System)
def confirm(request: DialogiRequest, system: System) -> HttpResponse:
    """Say that everything is still true."""
    actions.confirm_system(system, by=request.actor)
    messages.success(request, _("Thank you. The page now says that you confirmed it today."))
    return _back(system)


@never_cache
@require_http_methods(["GET", "POST"])
@needs(NAME_RESPONSIBLE, System, along=ALONG)
def responsible(request: DialogiRequest, system: System) -> HttpResponse:
    """Name who answers for a system, by a decision."""
    now = {"post": system.post_id, "deputy": system.deputy_id, "decision": system.named_by, "since": system.post_since}
    form = ResponsibleForm(request.POST or None, initial=now | {"version": system.subject.version})
    if form.is_valid():
        fields = {name: form.cleaned_data[name] for name in now}
        if form.run(actions.name_responsible, system, by=request.actor, expecting=form.seen, **fields):
            messages.success(request, _("The change was saved."))
            return _back(system)
    if form.errors:
        _renew(form, "version", system)
    title = _("Who answers for the system?")
    return page(request, "systems/desk_form.html", form=form, system=system, title=title, status=422 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "POST"])
@needs(ASSESS, System)
def assess(request: DialogiRequest, system: System) -> HttpResponse:
    """Write down what one found about a system."""
    form = AssessmentForm(request.POST or None)
    if form.is_valid() and form.run(actions.assess, system, by=request.actor, **form.cleaned_data):
        messages.success(request, _("The assessment is saved."))
        return _back(system)
    return page(request, "systems/desk_form.html", form=form, system=system, title=_("Assess the system"), inside=True, status=422 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "POST"])
@needs(SEE_TECHNICAL, System)
def technical(request: DialogiRequest, system: System) -> HttpResponse:
    """Keep what never leaves the building."""
    known = TechnicalDetails.objects.filter(system=system).first()
    form = TechnicalForm(request.POST or None, instance=known, initial={"version_seen": system.subject.version})
    if form.is_valid():
        seen = form.cleaned_data.pop("version_seen")
        if form.run(actions.write_technical_details, system, by=request.actor, expecting=seen, **form.cleaned_data):
            messages.success(request, _("The change was saved."))
            return _back(system)
    if form.errors:
        _renew(form, "version_seen", system)
    return page(request, "systems/desk_form.html", form=form, system=system, title=_("Technical details"), inside=True, status=422 if form.errors else 200)


@require_POST
@needs(PUBLISH, System, along=ALONG)
def show(request: DialogiRequest, system: System) -> HttpResponse:
    """Let everybody read the system's card."""
    form = HideForm({"reason": "-"})
    if form.run(actions.show_to_everybody, system, by=request.actor):
        messages.success(request, _("Everybody can read the description of the system."))
        return _back(system)
    return _system(request, system, status=422, show_form=form)


@require_POST
@needs(PUBLISH, System, along=ALONG)
def hide(request: DialogiRequest, system: System) -> HttpResponse:
    """Take the card from public view, with the reason."""
    form = HideForm(request.POST)
    if form.is_valid() and form.run(actions.hide_from_public, system, by=request.actor, reason=form.cleaned_data["reason"]):
        messages.success(request, _("The description is no longer public."))
        return _back(system)
    return _system(request, system, status=422, hide_form=form)


@require_POST
@needs(KEEP_USES, SystemUse, field="pk", along=("system__subject", "system__unit", "unit", "function"))
def confirm_function(request: DialogiRequest, use: SystemUse) -> HttpResponse:
    """Confirm the function that was proposed for a use."""
    actions.confirm_function(use, by=request.actor)
    messages.success(request, _("The function is confirmed."))
    return _back(use.system)
