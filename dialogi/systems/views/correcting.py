""" "This looks wrong": anybody says so; whoever answers decides."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from dialogi.commons.limits import Limit, check
from dialogi.commons.models import Duty
from dialogi.commons.web import DialogiRequest, needs, page
from dialogi.systems import actions
from dialogi.systems.describing.fields import FIELDS
from dialogi.systems.forms.correcting import DecideCorrectionForm, SayWrongForm
from dialogi.systems.models import Correction, CorrectionState, System
from dialogi.systems.queries import correcting as reads
from dialogi.systems.rules import CORRECT_DUTY, DECIDE_CORRECTION, SAY_WRONG, SEE_REGISTERS

SAYING = Limit("say_wrong", 10, 3600)


@never_cache
@require_http_methods(["GET", "POST"])
@needs(SAY_WRONG, System, along=("unit", "post"))
def say_wrong(request: DialogiRequest, system: System) -> HttpResponse:
    """Say that something about a system looks wrong."""
    form = SayWrongForm(request.POST or None, initial={"field": request.GET.get("field", "")[:40]})
    if request.method == "POST" and form.is_valid():
        check(SAYING, actor=request.actor, request=request)
        if form.run(actions.say_wrong, system, by=request.actor, **form.said()):
            return redirect("systems:said_wrong", key=system.subject.code)
    return page(request, "systems/say_wrong.html", form=form, system=system, status=422 if form.errors else 200)


@never_cache
@require_GET
@needs(SAY_WRONG, System, along=("unit", "post"))
def said_wrong(request: DialogiRequest, system: System) -> HttpResponse:
    """Say what happens next, by when, and who does it."""
    duty = Duty.objects.open().filter(subject=system.subject, what=CORRECT_DUTY).first()
    return page(request, "systems/said_wrong.html", system=system, duty=duty)


@require_GET
@needs(SEE_REGISTERS)
def corrections(request: DialogiRequest) -> HttpResponse:
    """List the corrections that wait for the actor, and those that were decided."""
    view = "decided" if request.GET.get("view") == "decided" else "open"
    shown = Paginator(reads.corrections_for(request.actor, view=view), reads.PAGE_SIZE).get_page(request.GET.get("page"))
    return page(request, "systems/desk_corrections.html", shown=shown, view=view)


@require_http_methods(["GET", "POST"])
@needs(DECIDE_CORRECTION, Correction, field="pk", along=("system__subject", "system__unit__subject", "system__post", "decided_by", "store"))
def correction(request: DialogiRequest, correction: Correction) -> HttpResponse:
    """Read a correction and decide: accept it, or refuse it with a reason."""
    form = DecideCorrectionForm(request.POST or None)
    verbs = {"accept": actions.accept_correction, "refuse": actions.refuse_correction}
    if request.method == "POST" and form.is_valid():
        verb = verbs.get(request.POST.get("do", ""))
        if verb is None:
            raise Http404
        if form.run(verb, correction, reason=form.reason, by=request.actor):
            messages.success(request, _("It is decided. Whoever said it is told, if they can be reached."))
            return redirect("systems:desk_correction", key=correction.pk)
    context: dict[str, Any] = {"correction": correction, "system": correction.system, "is_open": correction.state == CorrectionState.OPEN}
    context["line"] = FIELDS[correction.field].label if correction.field in FIELDS else ""
    return page(request, "systems/desk_correction.html", form=form, status=422 if form.errors else 200, **context)
