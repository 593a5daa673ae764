"""Commenting: the form, the list of what others said, and the clerk's form."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from dialogi.commons.codes import normalise
from dialogi.commons.limits import Limit, check
from dialogi.commons.public_door import public_page
from dialogi.commons.versions import of_kinds
from dialogi.commons.web import DialogiRequest, needs, page
from dialogi.consultations import actions
from dialogi.consultations.forms.commenting import CommentFields, CommentForm, RecordCommentForm
from dialogi.consultations.models import Consultation, Phase, PhaseKind, State
from dialogi.consultations.queries import comments as reads
from dialogi.consultations.queries import drafts
from dialogi.consultations.queries.mapping import placed_voices
from dialogi.consultations.rules import READ, RECORD_FOR_OTHER, TAKE_PART

COMMENTING = Limit("comment", 30, 3600)
COMMENTED = {PhaseKind.HEARING, PhaseKind.IDEAS}


def _commented_phase(phase: Phase) -> Phase:
    """Only what is published and has opened can be commented on, and only hearings and collections of ideas."""
    if phase.kind not in COMMENTED or phase.consultation.state == State.DRAFT:
        raise Http404
    return phase


@never_cache
@require_http_methods(["GET", "POST"])
@needs(TAKE_PART, Phase, field="pk")
def comment(request: DialogiRequest, phase: Phase) -> HttpResponse:
    """Say something about the draft, one of its paragraphs, or what is collected."""
    at = drafts.place_of(_commented_phase(phase), anchor=request.GET.get("at", "")[:40], alternative=request.GET.get("alternative", ""))
    if request.method == "GET":
        return _form(request, CommentForm(actor=request.actor, phase=phase), at)
    form = CommentForm(request.POST, request.FILES, actor=request.actor, phase=phase)
    if form.is_valid():
        check(COMMENTING, actor=request.actor, request=request)
        if form.run(actions.comment, form.said(), form.commented(**at.columns), form_key=form.cleaned_data["form_key"], by=request.actor):
            return redirect("voices:status", code=normalise(form.result[1].code))
    return _form(request, form, at, status=422)


def _form(request: DialogiRequest, form: CommentFields, at: drafts.At, *, status: int = 200) -> HttpResponse:
    return page(request, "consultations/comment_form.html", form=form, phase=form.phase, consultation=form.phase.consultation, at=at, status=status)


@never_cache
@require_http_methods(["GET", "POST"])
@needs(RECORD_FOR_OTHER, Phase, field="pk")
def record_comment(request: DialogiRequest, phase: Phase) -> HttpResponse:
    """Write down a comment that came by paper, phone, e-mail or at the counter."""
    _commented_phase(phase)
    form = RecordCommentForm(request.POST or None, request.FILES or None, actor=request.actor, phase=phase)
    if form.is_valid():
        at = drafts.place_by_number(phase, number=form.cleaned_data.get("number", ""))
        if at is None:
            form.add_error("number", _("The draft has no paragraph with this number. Look it up in the draft, or leave the field empty."))
        elif form.run(
            actions.record_comment,
            form.said(),
            form.commented(**at.columns),
            recorded=form.recorded(),
            form_key=form.cleaned_data["form_key"],
            by=request.actor,
        ):
            return redirect("voices:recorded", code=normalise(form.result[1].code))
    context: dict[str, Any] = {"form": form, "phase": phase, "consultation": phase.consultation}
    return page(request, "consultations/record_comment.html", status=422 if form.errors else 200, **context)


@require_GET
@needs(READ, Consultation)
@public_page(of_kinds("consultations.*", "voices.voice.*"))
def comments(request: DialogiRequest, consultation: Consultation) -> HttpResponse:
    """Show what others said, paged; narrowed to a phase or a paragraph by the address."""
    wanted, anchor = request.GET.get("phase", ""), request.GET.get("at")
    phase = next((one for one in consultation.phases.all() if str(one.pk) == wanted), None)
    numbers = drafts.numbers_of(consultation)
    shown = Paginator(reads.public_comments(consultation, phase=phase, anchor=anchor), reads.PAGE_SIZE).get_page(request.GET.get("page"))
    cards = reads.comment_cards(list(shown), numbers=numbers, became=drafts.carried_in(consultation))
    context: dict[str, Any] = {"cards": cards, "number": numbers.get(anchor or "", ""), "query": f"?phase={phase.pk}" if phase else ""}
    context["on_map"] = anchor is None and placed_voices(consultation, phase=phase).exists()
    return page(request, "consultations/comment_list.html", consultation=consultation, phase=phase, shown=shown, anchor=anchor, **context)
