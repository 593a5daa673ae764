"""Matters at the desk: open, keep, move on, tie."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dialogi.commons.languages import current_language
from dialogi.commons.models import Subject
from dialogi.commons.permissions import may
from dialogi.commons.registry import registry
from dialogi.commons.web import DialogiRequest, needs, page
from dialogi.decisions import actions
from dialogi.decisions.forms.desk import MatterForm, MoveForm, PickMatterForm, RemoveFileForm, SourceForm, UploadForm, initial_of
from dialogi.decisions.models import Matter
from dialogi.decisions.queries import desk as reads
from dialogi.decisions.rules import KEEP_MATTERS, RECORD


@require_GET
@needs(KEEP_MATTERS)
def matters(request: DialogiRequest) -> HttpResponse:
    """List the matters that the actor keeps."""
    view, words = request.GET.get("view", "open"), request.GET.get("words", "")[:100]
    shown = Paginator(reads.matters_kept_by(request.actor, view=view, words=words), reads.PAGE_SIZE).get_page(request.GET.get("page"))
    return page(request, "decisions/desk_matters.html", shown=shown, view=view, words=words)


@require_http_methods(["GET", "POST"])
@needs(KEEP_MATTERS)
def new_matter(request: DialogiRequest) -> HttpResponse:
    """Open a matter."""
    form = MatterForm(request.actor, request.POST or None)
    if form.is_valid() and form.run(actions.open_matter, by=request.actor, **form.written()):
        messages.success(request, _("The matter is open."))
        return redirect("decisions:desk_matter", key=form.result.subject.code)
    return page(request, "decisions/desk_matter_form.html", form=form, status=422 if form.errors else 200)


def _matter(request: DialogiRequest, matter: Matter, *, status: int = 200, **forms: Any) -> HttpResponse:
    shown = {
        "move_form": MoveForm(matter, initial={"version": matter.subject.version}),
        "source_form": SourceForm(request.actor),
        "upload_form": UploadForm(initial={"language": current_language()}),
        "remove_form": RemoveFileForm(),
        **forms,
    }
    details = reads.desk_matter(matter, actor=request.actor)
    return page(request, "decisions/desk_matter.html", status=status, matter=matter, case=details, may_record=may(request.actor, RECORD), **shown)


@require_GET
@needs(KEEP_MATTERS, Matter)
def matter(request: DialogiRequest, matter: Matter) -> HttpResponse:
    """Show a matter with everything that can be done to it."""
    return _matter(request, matter)


@require_http_methods(["GET", "POST"])
@needs(KEEP_MATTERS, Matter)
def edit_matter(request: DialogiRequest, matter: Matter) -> HttpResponse:
    """Change a matter's details."""
    form = MatterForm(request.actor, request.POST or None, initial=initial_of(matter, MatterForm))
    if form.is_valid() and form.run(actions.edit_matter, matter, by=request.actor, expecting=form.seen, **form.written()):
        messages.success(request, _("The change was saved."))
        return redirect("decisions:desk_matter", key=matter.subject.code)
    return page(request, "decisions/desk_matter_form.html", form=form, matter=matter, status=422 if form.errors else 200)


@require_POST
@needs(KEEP_MATTERS, Matter)
def move(request: DialogiRequest, matter: Matter) -> HttpResponse:
    """Move a matter on."""
    form = MoveForm(matter, request.POST)
    if form.is_valid():
        data = form.cleaned_data
        if form.run(actions.move_matter, matter, to=data["to"], reason=data["reason"], by=request.actor, expecting=form.seen):
            messages.success(request, _("The matter has moved on."))
            return redirect("decisions:desk_matter", key=matter.subject.code)
    return _matter(request, matter, status=422, move_form=form)


@require_POST
@needs(KEEP_MATTERS, Matter)
def tie(request: DialogiRequest, matter: Matter) -> HttpResponse:
    """Tie what set the matter in motion to it, by its short code."""
    form = SourceForm(request.actor, request.POST)
    if form.is_valid() and form.run(actions.tie_to_matter, matter, source=form.cleaned_data["code"], by=request.actor):
        messages.success(request, _("They are tied together."))
        return redirect("decisions:desk_matter", key=matter.subject.code)
    return _matter(request, matter, status=422, source_form=form)


@require_POST
@needs(KEEP_MATTERS, Matter)
def untie(request: DialogiRequest, matter: Matter) -> HttpResponse:
    """Take a tie away that was made by mistake."""
    source = reads.source_by_code(request.POST.get("code", ""), actor=request.actor)
    if source is not None and actions.untie_from_matter(matter, source=source, by=request.actor):
        messages.success(request, _("They are no longer tied together."))
    return redirect("decisions:desk_matter", key=matter.subject.code)


@require_http_methods(["GET", "POST"])
@needs(KEEP_MATTERS)
def pick(request: DialogiRequest, key: str) -> HttpResponse:
    """Pick the matter that a voice, a theme or a consultation set in motion."""
    source = _source(request, key)
    words = request.GET.get("words", "")[:100].strip()
    found = reads.matters_to_tie(source, words=words)
    form = PickMatterForm(found, request.POST or None)
    if form.is_valid() and form.run(actions.tie_to_matter, form.cleaned_data["matter"], source=source, by=request.actor):
        messages.success(request, _("They are tied together. Whoever follows one hears of the other."))
        return redirect("decisions:pick", key=source.code)
    moved = reads.matters_moved_by(source)
    context: dict[str, Any] = {"source": source, "moved": moved, "found": found, "words": words, "kind": registry.nouns[source.kind].label}
    return page(request, "decisions/desk_pick.html", form=form, status=422 if form.errors else 200, **context)


def _source(request: DialogiRequest, key: str) -> Subject:
    source = reads.source_by_code(key, actor=request.actor)
    if source is None:
        raise Http404
    return source


@require_POST
@needs(KEEP_MATTERS, Matter)
def add_files(request: DialogiRequest, matter: Matter) -> HttpResponse:
    """Keep files with the matter."""
    form = UploadForm(request.POST, request.FILES)
    if form.is_valid() and form.run(actions.add_files, matter, by=request.actor, **form.cleaned_data):
        messages.success(request, _("The files are added."))
        return redirect("decisions:desk_matter", key=matter.subject.code)
    return _matter(request, matter, status=422, upload_form=form)


@require_POST
@needs(KEEP_MATTERS, Matter)
def change_file(request: DialogiRequest, matter: Matter, pk: int) -> HttpResponse:
    """Show a file to everybody or to the unit alone, or remove it with the reason."""
    file = reads.file_of(matter.subject, pk=pk, actor=request.actor)
    if request.POST.get("do") != "remove":
        actions.show_file_to(matter, file=file, everybody=request.POST.get("do") == "show", by=request.actor)
        return redirect("decisions:desk_matter", key=matter.subject.code)
    form = RemoveFileForm(request.POST)
    if form.is_valid() and form.run(actions.remove_file, matter, file=file, reason=form.cleaned_data["reason"], by=request.actor):
        messages.success(request, _("The file is removed."))
        return redirect("decisions:desk_matter", key=matter.subject.code)
    return _matter(request, matter, status=422, remove_form=form, removing=file.pk)
