"""Bringing systems in through pages: the file, its columns, what would happen, questions, all or nothing."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from dialogi.commons.web import DialogiRequest, needs, page
from dialogi.people.models import Unit
from dialogi.systems import actions
from dialogi.systems.forms.importing import FileForm, MappingForm, QuestionsForm, initial_of
from dialogi.systems.models import ImportRun, RunState
from dialogi.systems.queries.importing import Trial, try_out
from dialogi.systems.rules import IMPORT

ROWS_SHOWN = 100
RUNS_SHOWN = 20


@never_cache
@require_http_methods(["GET", "POST"])
@needs(IMPORT)
def new_import(request: DialogiRequest) -> HttpResponse:
    """Send a file; what is wrong with it stands beside it."""
    form = FileForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        mapping = form.cleaned_data["mapping"]
        sent = {"source": form.cleaned_data["source"], "content": form.cleaned_data["file"], "file_name": form.file_name}
        if form.run(actions.keep_file, by=request.actor, **sent):
            run: ImportRun = form.result
            if not mapping or form.run(actions.remember_mapping, run.source, mapping=mapping, by=request.actor):
                return redirect("systems:import", key=run.pk)
    runs = ImportRun.objects.visible_to(request.actor).select_related("source").defer("content").order_by("-made_at")[:RUNS_SHOWN]
    return page(request, "systems/import_new.html", form=form, runs=runs, status=422 if form.errors else 200)


def _run_page(request: DialogiRequest, run: ImportRun, trial: Trial, *, status: int = 200, **forms: Any) -> HttpResponse:
    plan = trial.plan
    shown: dict[str, Any] = {"mapping_form": MappingForm(trial.table, initial=initial_of(run.source, trial.table)), **forms}
    if plan is not None:
        shown["rows"] = Paginator(plan.fates, ROWS_SHOWN).get_page(request.GET.get("page"))
        shown.setdefault("questions_form", QuestionsForm(plan, _units(), initial={}))
    return page(request, "systems/import_run.html", run=run, table=trial.table, plan=plan, status=status, **shown)


def _units() -> list[str]:
    return [str(unit.name) for unit in Unit.objects.active().order_by("name_sv")]


@never_cache
@require_http_methods(["GET", "POST"])
@needs(IMPORT, ImportRun, field="pk", along=("source",))
def import_run(request: DialogiRequest, run: ImportRun) -> HttpResponse:
    """Say which column is what, and see what would happen."""
    if run.state == RunState.DONE:
        return page(request, "systems/import_done.html", run=run)
    try:
        trial = try_out(run, actor=request.actor)
    except ValidationError as error:
        return page(request, "systems/import_done.html", run=run, reason=" ".join(error.messages), status=422)
    if request.method != "POST":
        return _run_page(request, run, trial)
    form = MappingForm(trial.table, request.POST)
    if form.is_valid() and form.run(actions.remember_mapping, run.source, mapping=form.mapping(), by=request.actor):
        return redirect("systems:import", key=run.pk)
    return _run_page(request, run, trial, status=422, mapping_form=form)


@require_POST
@needs(IMPORT, ImportRun, field="pk", along=("source",))
def answer_import(request: DialogiRequest, run: ImportRun) -> HttpResponse:
    """Answer questions; the answers are remembered for the next edition of the list."""
    trial = try_out(run, actor=request.actor)
    if trial.plan is not None:
        form = QuestionsForm(trial.plan, _units(), request.POST)
        if form.is_valid() and form.run(actions.decide_questions, run.source, answers=form.answers(), by=request.actor):
            messages.success(request, _("Your answers are remembered."))
            return redirect("systems:import", key=run.pk)
    return _run_page(request, run, trial, status=422)


@require_POST
@needs(IMPORT, ImportRun, field="pk", along=("source",))
def finish_import(request: DialogiRequest, run: ImportRun) -> HttpResponse:
    """Import all of it, or nothing."""
    trial = try_out(run, actor=request.actor)
    if trial.plan is None or trial.mapping is None or not trial.plan.may_run:
        return _run_page(request, run, trial, status=422)
    actions.finish_run(run, plan=trial.plan, mapping=trial.mapping, by=request.actor)
    messages.success(request, _("The list is imported."))
    return redirect("systems:import", key=run.pk)
