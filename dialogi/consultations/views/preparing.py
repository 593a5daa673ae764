"""Preparing at the desk: list, begin, overview with what is still lacking, words, timetable, annexes, publishing."""

from datetime import timedelta
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dialogi.commons import clock
from dialogi.commons.panels import panels_for
from dialogi.commons.web import DialogiRequest, needs, page
from dialogi.consultations import actions
from dialogi.consultations.forms import preparing as forms
from dialogi.consultations.models import Annex, Consultation, Phase
from dialogi.consultations.queries import desk as reads
from dialogi.consultations.rules import PREPARE
from dialogi.consultations.views.notices import say


@require_GET
@needs(PREPARE)
def desk(request: DialogiRequest) -> HttpResponse:
    """List the consultations that the actor prepares."""
    stage = request.GET.get("stage", "")
    shown = Paginator(reads.prepared_by(request.actor, stage=stage), reads.PAGE_SIZE).get_page(request.GET.get("page"))
    return page(request, "consultations/desk_list.html", shown=shown, stage=stage, stages=reads.stages())


@require_http_methods(["GET", "POST"])
@needs(PREPARE)
def begin(request: DialogiRequest) -> HttpResponse:
    """Begin a consultation from a blueprint."""
    soon = {"opens_on": clock.today() + timedelta(days=7), "blueprint": "hearing"}
    form = forms.BeginForm(request.POST or None, units=reads.units_of(request.actor), initial=soon)
    if form.is_valid() and form.run(actions.begin_from_blueprint, by=request.actor, **form.cleaned_data):
        return redirect("consultations:overview", key=form.result.subject.code)
    return page(request, "consultations/desk_form.html", form=form, title=_("New consultation"), button=_("Begin"), status=422 if form.errors else 200)


@require_GET
@needs(PREPARE, Consultation)
def overview(request: DialogiRequest, consultation: Consultation) -> HttpResponse:
    """Show everything about one consultation to those who prepare it: what is lacking, the timetable, its parts, the counts."""
    shown = reads.overview(consultation, actor=request.actor)
    link = (
        request.build_absolute_uri(reverse("consultations:preview", args=[consultation.subject.code, consultation.preview_key]))
        if consultation.preview_key
        else ""
    )
    panels = panels_for(request, consultation.subject, place="desk")
    return page(request, "consultations/desk_overview.html", consultation=consultation, shown=shown, preview_link=link, panels=panels)


def _back(consultation: Consultation, words: str, request: DialogiRequest) -> HttpResponse:
    say(request, words)
    return redirect("consultations:overview", key=consultation.subject.code)


def _form(request: DialogiRequest, consultation: Consultation, form: Any, title: str, **context: Any) -> HttpResponse:
    status = 422 if form.errors else 200
    return page(request, "consultations/desk_form.html", consultation=consultation, form=form, title=title, status=status, **context)


@require_http_methods(["GET", "POST"])
@needs(PREPARE, Consultation)
def words(request: DialogiRequest, consultation: Consultation) -> HttpResponse:
    """Write what the page says, side by side in the languages."""
    form = forms.WordsForm(consultation, request.POST or None)
    if form.is_valid() and form.run(actions.edit_consultation, consultation, by=request.actor, expecting=form.seen, **form.values()):
        return _back(consultation, _("The words are saved."), request)
    return _form(request, consultation, form, _("Words of the page"))


@require_http_methods(["GET", "POST"])
@needs(PREPARE, Consultation)
def new_phase(request: DialogiRequest, consultation: Consultation) -> HttpResponse:
    """Put a phase on the timetable."""
    form = forms.PhaseForm(request.POST or None, initial={"asks_age": True, "asks_area": True})
    if form.is_valid() and form.run(actions.add_phase, consultation, by=request.actor, **form.values()):
        return _back(consultation, _("The phase is on the timetable."), request)
    return _form(request, consultation, form, _("New phase"))


@require_http_methods(["GET", "POST"])
@needs(PREPARE, Phase, field="pk")
def edit_phase(request: DialogiRequest, phase: Phase) -> HttpResponse:
    """Change a phase."""
    is_published = phase.consultation.published_at is not None
    form = forms.PhaseForm(request.POST or None, initial=reads.values_of_phase(phase), is_published=is_published)
    if form.is_valid() and form.run(actions.change_phase, phase, by=request.actor, **form.values()):
        return _back(phase.consultation, _("The phase is changed."), request)
    return _form(request, phase.consultation, form, str(phase.get_kind_display()))


@require_POST
@needs(PREPARE, Phase, field="pk")
def remove_phase(request: DialogiRequest, phase: Phase) -> HttpResponse:
    """Take a phase off the timetable of a draft."""
    consultation = phase.consultation
    actions.remove_phase(phase, by=request.actor)
    return _back(consultation, _("The phase is gone."), request)


@require_http_methods(["GET", "POST"])
@needs(PREPARE, Phase, field="pk")
def extend(request: DialogiRequest, phase: Phase) -> HttpResponse:
    """Give more time, with a reason that everybody sees."""
    form = forms.ExtendForm(request.POST or None, initial={"closes_at": phase.closes_at})
    if form.is_valid() and form.run(actions.extend, phase, by=request.actor, **form.cleaned_data):
        return _back(phase.consultation, _("There is more time now, and everybody who follows is told."), request)
    return _form(request, phase.consultation, form, _("More time"))


@require_http_methods(["GET", "POST"])
@needs(PREPARE, Consultation)
def new_annex(request: DialogiRequest, consultation: Consultation) -> HttpResponse:
    """Add an annex."""
    form = forms.AnnexForm(request.POST or None, request.FILES or None)
    if form.is_valid() and form.run(actions.add_annex, consultation, files=form.new_files(), by=request.actor, **form.values()):
        return _back(consultation, _("The annex is added."), request)
    return _form(request, consultation, form, _("New annex"), has_files=True)


@require_http_methods(["GET", "POST"])
@needs(PREPARE, Annex, field="pk")
def edit_annex(request: DialogiRequest, annex: Annex) -> HttpResponse:
    """Change an annex."""
    form = forms.AnnexForm(request.POST or None, request.FILES or None, initial=reads.values_of_annex(annex))
    if form.is_valid() and form.run(actions.edit_annex, annex, files=form.new_files(), by=request.actor, **form.values()):
        return _back(annex.consultation, _("The annex is changed."), request)
    return _form(request, annex.consultation, form, _("Annex"), has_files=True)


@require_POST
@needs(PREPARE, Annex, field="pk")
def remove_annex(request: DialogiRequest, annex: Annex) -> HttpResponse:
    """Take an annex of a draft away."""
    consultation = annex.consultation
    actions.remove_annex(annex, by=request.actor)
    return _back(consultation, _("The annex is gone."), request)


@require_POST
@needs(PREPARE, Consultation)
def preview_link(request: DialogiRequest, consultation: Consultation) -> HttpResponse:
    """Make the preview link, or take it back."""
    if request.POST.get("do") == "end":
        actions.take_back_preview(consultation, by=request.actor)
        return _back(consultation, _("The link does not open anything any more."), request)
    actions.make_preview(consultation, by=request.actor)
    return _back(consultation, _("The link is ready to be shared."), request)


@require_POST
@needs(PREPARE, Consultation)
def publish(request: DialogiRequest, consultation: Consultation) -> HttpResponse:
    """Publish in both languages at the same moment."""
    actions.publish(consultation, by=request.actor)
    return _back(consultation, _("It is published. Its phases open and close by themselves."), request)


@require_http_methods(["GET", "POST"])
@needs(PREPARE, Consultation)
def cancel(request: DialogiRequest, consultation: Consultation) -> HttpResponse:
    """Cancel, with a reason in both languages."""
    form = forms.CancelForm(request.POST or None)
    if form.is_valid() and form.run(actions.cancel, consultation, because=form.by_language("because"), by=request.actor):
        return _back(consultation, _("It is cancelled. The page says why."), request)
    return _form(request, consultation, form, _("Cancel the consultation"), button=_("Cancel the consultation"))


@require_http_methods(["GET", "POST"])
@needs(PREPARE, Consultation)
def result(request: DialogiRequest, consultation: Consultation) -> HttpResponse:
    """Put the result on top of the page."""
    written = {f"result_{language}": getattr(consultation, f"result_{language}") for language in ("sv", "fi", "en")}
    form = forms.ResultForm(request.POST or None, initial={**written, "version": consultation.subject.version})
    if form.is_valid() and form.run(actions.state_result, consultation, result=form.by_language("result"), by=request.actor, expecting=form.seen):
        return _back(consultation, _("The result stands on top of the page."), request)
    return _form(request, consultation, form, _("Result"))


@require_http_methods(["GET", "POST"])
@needs(PREPARE, Consultation)
def copy(request: DialogiRequest, consultation: Consultation) -> HttpResponse:
    """Begin a new draft from this one."""
    form = forms.CopyForm(request.POST or None, initial={"opens_on": clock.today() + timedelta(days=7)})
    if form.is_valid() and form.run(actions.copy_consultation, consultation, opens_on=form.cleaned_data["opens_on"], by=request.actor):
        return _back(form.result, _("This is the copy. What people said stays with the earlier one."), request)
    return _form(request, consultation, form, _("Copy the consultation"), button=_("Copy"))


@require_POST
@needs(PREPARE, Consultation)
def decided(request: DialogiRequest, consultation: Consultation) -> HttpResponse:
    """Say that the matter has been decided."""
    actions.mark_decided(consultation, by=request.actor)
    return _back(consultation, _("The page says that the matter is decided."), request)
