"""What-if and harmonisation cases: try without saving, open, examine, decide, carry out; and the page that everybody may read."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dialogi.commons.changes import Approved, changes_since
from dialogi.commons.paging import TownPages
from dialogi.commons.panels import panels_for
from dialogi.commons.permissions import may
from dialogi.commons.public_door import public_page
from dialogi.commons.timeline import timeline
from dialogi.commons.versions import of_anything
from dialogi.commons.web import DialogiRequest, VersionedForm, needs, page
from dialogi.commons.wordings import outdated_on_page
from dialogi.decisions.models import DecidedOn
from dialogi.systems import actions
from dialogi.systems.forms.harmonising import CaseForm, DecideCaseForm, MoveCaseForm, WhatIfForm
from dialogi.systems.models import CASE_FLOW, CaseState, HarmonisationCase, System
from dialogi.systems.queries import harmonising_ledger as ledger
from dialogi.systems.queries.what_if import what_if as reckon
from dialogi.systems.rules import HARMONISE, PUBLISH_CASE, READ, SEE_HARMONISATION

ALONG = ("unit", "post", "survivor__subject", "decision__subject")
PAGE_SIZE = 20


def _asked(data: QueryDict) -> QueryDict:
    """Take the ticked boxes of a list into the field: `system=A&system=B` means the same as two lines."""
    if not data.getlist("system"):
        return data
    filled = data.copy()
    filled["systems"] = "\n".join([filled.get("systems", ""), *data.getlist("system")]).strip()
    return filled


@never_cache
@require_GET
@needs(SEE_HARMONISATION)
def what_if(request: DialogiRequest) -> HttpResponse:
    """What it would mean to merge systems. Nothing is saved: the whole question lies in the address."""
    data = _asked(request.GET)
    form = WhatIfForm(data if "systems" in data else None)
    outcome = reckon(form.cleaned_data["systems"], form.cleaned_data["survivor"]) if form.is_valid() else None
    may_work = bool(may(request.actor, HARMONISE))
    status = 422 if form.errors else 200
    return page(request, "systems/harmon_what_if.html", status=status, form=form, outcome=outcome, question=data.urlencode(), may_work=may_work)


@never_cache
@require_GET
@needs(SEE_HARMONISATION)
def cases(request: DialogiRequest) -> HttpResponse:
    """The ledger: cases with what was expected and what came of it."""
    state = request.GET.get("state", "")
    rows = ledger.cases(actor=request.actor, state=state if state in CaseState.values else "")
    shown = TownPages(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    told: dict[str, Any] = {"lines": ledger.lines(list(shown)), "may_work": bool(may(request.actor, HARMONISE))}
    return page(request, "systems/harmon_cases.html", shown=shown, state=state, states=CaseState.choices, **told)


@never_cache
@require_http_methods(["GET", "POST"])
@needs(HARMONISE)
def new_case(request: DialogiRequest) -> HttpResponse:
    """Save a what-if as a case."""
    asked = WhatIfForm(_asked(request.GET))
    initial = {name: value for name, value in asked.cleaned_data.items() if value} if asked.is_valid() else {}
    form = CaseForm(request.POST or None, initial=initial)
    if form.is_valid() and form.run(actions.open_case, by=request.actor, **form.written()):
        messages.success(request, _("The case is open. Examine it, and let a body decide."))
        return redirect("systems:desk_case", key=form.result.subject.code)
    return page(request, "systems/harmon_case_form.html", form=form, status=422 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "POST"])
@needs(HARMONISE, HarmonisationCase, along=ALONG)
def edit_case(request: DialogiRequest, case: HarmonisationCase) -> HttpResponse:
    """Change a case."""
    initial = {"version": case.subject.version, "systems": list(case.systems.select_related("subject"))}
    form = CaseForm(request.POST or None, instance=case, initial=initial)
    if form.is_valid():
        fresh = HarmonisationCase.objects.get(pk=case.pk)
        if form.run(actions.edit_case, fresh, by=request.actor, expecting=form.cleaned_data["version"], **form.written()):
            messages.success(request, _("The change was saved."))
            return redirect("systems:desk_case", key=case.subject.code)
    return page(request, "systems/harmon_case_form.html", form=form, case=case, status=422 if form.errors else 200)


def _case(request: DialogiRequest, case: HarmonisationCase, *, status: int = 200, **forms: Any) -> HttpResponse:
    seen = {"version": case.subject.version}
    systems: list[Any] = list(case.systems.visible_to(request.actor).select_related("subject", "vendor").order_by("name_sv", "pk"))
    known = {
        "move_form": MoveCaseForm(case, initial=seen),
        "decide_form": DecideCaseForm(initial=seen | {"option": case.option}) if CaseState.DECIDED in CASE_FLOW.following(case.state) else None,
        "may_work": bool(may(request.actor, HARMONISE)),
        "may_publish": bool(may(request.actor, PUBLISH_CASE, case)),
        **forms,
    }
    told: dict[str, Any] = {"line": ledger.lines([case])[0], "outcome": reckon(systems, case.survivor), "thread": timeline(case.subject, actor=request.actor)}
    return page(request, "systems/harmon_case.html", status=status, case=case, systems=systems, changes=_changes(case), **told, **known)


def _changes(case: HarmonisationCase) -> Any:
    row = DecidedOn.objects.filter(decision=case.decision_id, subject=case.subject_id).first() if case.decision_id else None
    if row is None:
        return None
    approved = Approved(case.subject_id, row.version)
    return changes_since([approved])[approved]


@never_cache
@require_GET
@needs(SEE_HARMONISATION, HarmonisationCase, along=ALONG)
def desk_case(request: DialogiRequest, case: HarmonisationCase) -> HttpResponse:
    """Show a case with everything that can be done to it."""
    return _case(request, case)


@require_POST
@needs(HARMONISE, HarmonisationCase, along=ALONG)
def move_case(request: DialogiRequest, case: HarmonisationCase) -> HttpResponse:
    """Move a case on."""
    form = MoveCaseForm(case, request.POST)
    if form.is_valid() and form.run(actions.move_case, case, to=form.cleaned_data["to"], by=request.actor, expecting=form.seen):
        messages.success(request, _("The case has moved on."))
        return redirect("systems:desk_case", key=case.subject.code)
    return _case(request, case, status=422, move_form=form)


@require_POST
@needs(HARMONISE, HarmonisationCase, along=ALONG)
def decide_case(request: DialogiRequest, case: HarmonisationCase) -> HttpResponse:
    """Write down what a body decided."""
    form = DecideCaseForm(request.POST)
    if form.is_valid():
        decided = {"decision": form.cleaned_data["decision"], "option": form.cleaned_data["option"]}
        if form.run(actions.decide_case, case, by=request.actor, expecting=form.seen, **decided):
            messages.success(request, _("The decision is written down, and what was known that day is kept beside it."))
            return redirect("systems:desk_case", key=case.subject.code)
    return _case(request, case, status=422, decide_form=form)


@require_POST
@needs(PUBLISH_CASE, HarmonisationCase, along=ALONG)
def show_case(request: DialogiRequest, case: HarmonisationCase) -> HttpResponse:
    """Let everybody read the case, or take it from public view."""
    form = VersionedForm({})
    verb = actions.hide_case if case.is_public else actions.show_case_to_everybody
    if form.run(verb, case, by=request.actor):
        messages.success(request, _("The change was saved."))
        return redirect("systems:desk_case", key=case.subject.code)
    return _case(request, case, status=422, show_form=form)


@require_GET
@needs(READ, HarmonisationCase, along=ALONG)
@public_page(of_anything)
def case_page(request: DialogiRequest, case: HarmonisationCase) -> HttpResponse:
    """A case as everybody may read it: of its systems only those that the reader may see."""
    systems = System.objects.visible_to(request.actor).filter(harmonisation_cases=case).select_related("subject").order_by("name_sv", "pk")
    context: dict[str, Any] = {"panels": panels_for(request, case.subject), "outdated": outdated_on_page(case.subject), "line": ledger.lines([case])[0]}
    context["hidden"] = case.systems.count() - len(systems)
    return page(
        request,
        "systems/harmon_case_page.html",
        case=case,
        subject=case.subject,
        systems=systems,
        thread=timeline(case.subject, actor=request.actor),
        **context,
    )
