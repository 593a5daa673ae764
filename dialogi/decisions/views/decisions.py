"""Decisions at the desk: write down, make public, correct, say what is decided on."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dialogi.commons import clock
from dialogi.commons.languages import current_language
from dialogi.commons.models import Subject
from dialogi.commons.permissions import require
from dialogi.commons.web import DialogiRequest, needs, page
from dialogi.decisions import actions
from dialogi.decisions.forms.desk import AboutForm, CorrectForm, DecisionForm, PublishForm, RemoveFileForm, UploadForm, initial_of
from dialogi.decisions.models import Decision, Matter, Remedy
from dialogi.decisions.queries import desk as reads
from dialogi.decisions.rules import KEEP_MATTERS, RECORD


@require_GET
@needs(RECORD)
def decisions(request: DialogiRequest) -> HttpResponse:
    """List the decisions that the actor records."""
    view = request.GET.get("view", "drafts")
    shown = Paginator(reads.decisions_recorded_by(request.actor, view=view), reads.PAGE_SIZE).get_page(request.GET.get("page"))
    return page(request, "decisions/desk_decisions.html", shown=shown, view=view)


@require_http_methods(["GET", "POST"])
@needs(RECORD)
def new_decision(request: DialogiRequest) -> HttpResponse:
    """Write down a decision that belongs to no matter."""
    return _new(request, None)


@require_http_methods(["GET", "POST"])
@needs(KEEP_MATTERS, Matter)
def decide(request: DialogiRequest, matter: Matter) -> HttpResponse:
    """Write down a decision in a matter."""
    require(request.actor, RECORD)
    return _new(request, matter)


def _new(request: DialogiRequest, matter: Matter | None) -> HttpResponse:
    initial: dict[str, Any] = {"decided_on": clock.today(), "remedy": Remedy.RECTIFICATION}
    if matter is not None:
        shared = ("title_sv", "title_fi", "title_en", "unit", "is_public", "mention_sv", "mention_fi", "mention_en", "secrecy")
        initial |= {name: getattr(matter, name) for name in shared}
    form = DecisionForm(request.actor, request.POST or None, initial=initial)
    if form.is_valid() and form.run(actions.draft_decision, matter=matter, by=request.actor, **form.written()):
        messages.success(request, _("The decision is written down. Add files, say what it decides on, and make it public."))
        return redirect("decisions:desk_decision", key=form.result.subject.code)
    return page(request, "decisions/desk_decision_form.html", form=form, matter=matter, status=422 if form.errors else 200)


def _decision(request: DialogiRequest, decision: Decision, *, status: int = 200, **forms: Any) -> HttpResponse:
    shown = {
        "publish_form": PublishForm(initial={"version": decision.subject.version}),
        "about_form": AboutForm(request.actor),
        "upload_form": UploadForm(initial={"language": current_language()}),
        "remove_form": RemoveFileForm(),
        **forms,
    }
    details = reads.desk_decision(decision, actor=request.actor)
    return page(request, "decisions/desk_decision.html", status=status, decision=decision, case=details, **shown)


@require_GET
@needs(RECORD, Decision)
def decision(request: DialogiRequest, decision: Decision) -> HttpResponse:
    """Show a decision with everything that can be done to it."""
    return _decision(request, decision)


@require_http_methods(["GET", "POST"])
@needs(RECORD, Decision)
def edit_decision(request: DialogiRequest, decision: Decision) -> HttpResponse:
    """Change a draft, or correct what is public, with the reason."""
    chosen = DecisionForm if decision.is_draft else CorrectForm
    form = chosen(request.actor, request.POST or None, initial=initial_of(decision, chosen))
    if form.is_valid():
        reason = {} if decision.is_draft else {"reason": form.cleaned_data["reason"]}
        act = actions.edit_draft if decision.is_draft else actions.correct_decision
        if form.run(act, decision, by=request.actor, expecting=form.seen, **reason, **form.written()):
            messages.success(request, _("The change was saved."))
            return redirect("decisions:desk_decision", key=decision.subject.code)
    return page(request, "decisions/desk_decision_form.html", form=form, decision=decision, status=422 if form.errors else 200)


@require_POST
@needs(RECORD, Decision)
def publish(request: DialogiRequest, decision: Decision) -> HttpResponse:
    """Make the decision public."""
    form = PublishForm(request.POST)
    if form.is_valid() and form.run(actions.publish_decision, decision, by=request.actor, expecting=form.seen):
        messages.success(request, _("The decision is public. Those who follow it, and what led to it, are told."))
        return redirect("decisions:desk_decision", key=decision.subject.code)
    return _decision(request, decision, status=422, publish_form=form)


@require_POST
@needs(RECORD, Decision)
def discard(request: DialogiRequest, decision: Decision) -> HttpResponse:
    """Discard a draft."""
    actions.discard_decision(decision, by=request.actor)
    messages.success(request, _("The draft is discarded."))
    return redirect("decisions:desk_decisions")


@require_POST
@needs(RECORD, Decision)
def about(request: DialogiRequest, decision: Decision) -> HttpResponse:
    """Say what the decision decides on, or take it back."""
    if request.POST.get("take_out"):
        subject = Subject.objects.visible_to(request.actor).filter(code=request.POST["take_out"]).first()
        if subject is not None:
            actions.decide_on_no_more(decision, subject=subject, by=request.actor)
        return redirect("decisions:desk_decision", key=decision.subject.code)
    form = AboutForm(request.actor, request.POST)
    if form.is_valid() and form.run(actions.decide_on, decision, subject=form.cleaned_data["code"], by=request.actor):
        messages.success(request, _("What it decides on is written down, as it was on the day of the decision."))
        return redirect("decisions:desk_decision", key=decision.subject.code)
    return _decision(request, decision, status=422, about_form=form)


@require_POST
@needs(RECORD, Decision)
def add_files(request: DialogiRequest, decision: Decision) -> HttpResponse:
    """Keep files with the decision."""
    form = UploadForm(request.POST, request.FILES)
    if form.is_valid() and form.run(actions.add_files, decision, by=request.actor, **form.cleaned_data):
        messages.success(request, _("The files are added."))
        return redirect("decisions:desk_decision", key=decision.subject.code)
    return _decision(request, decision, status=422, upload_form=form)


@require_POST
@needs(RECORD, Decision)
def change_file(request: DialogiRequest, decision: Decision, pk: int) -> HttpResponse:
    """Show a file to everybody or to the unit alone, or remove it with the reason."""
    file = reads.file_of(decision.subject, pk=pk, actor=request.actor)
    if request.POST.get("do") != "remove":
        actions.show_file_to(decision, file=file, everybody=request.POST.get("do") == "show", by=request.actor)
        return redirect("decisions:desk_decision", key=decision.subject.code)
    form = RemoveFileForm(request.POST)
    if form.is_valid() and form.run(actions.remove_file, decision, file=file, reason=form.cleaned_data["reason"], by=request.actor):
        messages.success(request, _("The file is removed."))
        return redirect("decisions:desk_decision", key=decision.subject.code)
    return _decision(request, decision, status=422, remove_form=form, removing=file.pk)
