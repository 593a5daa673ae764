"""Points: the planner's desk, and the register of points and answers for everybody, as a page, PDF and DOCX."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dialogi.commons.languages import current_language
from dialogi.commons.public_door import public_page
from dialogi.commons.versions import of_kinds
from dialogi.commons.web import DialogiRequest, needs, page
from dialogi.consultations import actions
from dialogi.consultations.forms.points import GatherForm, LateForm, PointForm
from dialogi.consultations.models import Comment, Consultation, Point
from dialogi.consultations.queries import points as reads
from dialogi.consultations.queries.drafts import numbers_of
from dialogi.consultations.rules import ANSWER_POINTS, READ
from dialogi.consultations.tables import points_docx, points_pdf
from dialogi.consultations.views.notices import say

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@require_GET
@needs(ANSWER_POINTS, Consultation)
def points(request: DialogiRequest, consultation: Consultation) -> HttpResponse:
    """Show the points, and the comments that are in none yet."""
    return _desk(request, consultation, GatherForm(consultation, initial={"language": current_language()}))


def _desk(request: DialogiRequest, consultation: Consultation, form: GatherForm, *, status: int = 200) -> HttpResponse:
    shown = Paginator(reads.left_over(consultation), reads.PAGE_SIZE).get_page(request.GET.get("page"))
    like = request.GET.get("like", "")
    chosen = next((one for one in reads.left_over(consultation).filter(pk=like)), None) if like.isdecimal() else None
    context: dict[str, Any] = {"points": reads.points_of(consultation), "late": list(reads.undecided(consultation)[:20]), "numbers": numbers_of(consultation)}
    context |= {"chosen": chosen, "similar": reads.like_comment(chosen, actor=request.actor) if chosen else []}
    return page(request, "consultations/desk_points.html", consultation=consultation, form=form, shown=shown, status=status, **context)


@require_POST
@needs(ANSWER_POINTS, Consultation)
def gather(request: DialogiRequest, consultation: Consultation) -> HttpResponse:
    """Gather the chosen comments in a new point, or in one that is there."""
    form = GatherForm(consultation, request.POST)
    if form.is_valid():
        data = form.cleaned_data
        comments = list(data["pick"])
        if data["point"]:
            done = form.run(actions.gather_in_point, data["point"], comments=comments, by=request.actor)
        else:
            title = {f"title_{data['language'] or current_language()}": data["title"]}
            done = form.run(actions.make_point, consultation, comments=comments, by=request.actor, **title)
        if done:
            say(request, _("Gathered in point %(number)s.") % {"number": form.result.number})
            return redirect("consultations:points", key=consultation.subject.code)
    return _desk(request, consultation, form, status=422)


@require_http_methods(["GET", "POST"])
@needs(ANSWER_POINTS, Point, field="pk")
def point(request: DialogiRequest, point: Point) -> HttpResponse:
    """Write a point and its answer, beside the comments that raise it and those that may."""
    form = PointForm(point, request.POST or None)
    if form.is_valid() and form.run(actions.edit_point, point, by=request.actor, expecting=form.seen, **form.values()):
        say(request, _("The point is saved."))
        return redirect("consultations:point", key=point.pk)
    gathered = list(point.comments.select_related(*reads.WITH_VOICE).order_by("pk"))
    context = {"gathered": gathered, "similar": reads.like_point(point, actor=request.actor), "numbers": numbers_of(point.consultation)}
    status = 422 if form.errors else 200
    return page(request, "consultations/desk_point.html", point=point, consultation=point.consultation, form=form, status=status, **context)


@require_POST
@needs(ANSWER_POINTS, Point, field="pk")
def arrange_point(request: DialogiRequest, point: Point) -> HttpResponse:
    """Put a comment in, take one out, or take the point apart."""
    do, consultation = request.POST.get("do"), point.consultation
    if do == "remove":
        actions.remove_point(point, by=request.actor)
        say(request, _("The point is taken apart; its comments wait for another one."))
        return redirect("consultations:points", key=consultation.subject.code)
    wanted = request.POST.get("comment", "")
    comment = Comment.objects.filter(consultation=consultation, pk=wanted).first() if wanted.isdecimal() else None
    if comment is None:
        raise Http404
    if do == "out":
        actions.take_out_of_point(point, comment=comment, by=request.actor)
    else:
        actions.gather_in_point(point, comments=[comment], by=request.actor)
    return redirect("consultations:point", key=point.pk)


@require_POST
@needs(ANSWER_POINTS, Comment, field="pk")
def late_comment(request: DialogiRequest, comment: Comment) -> HttpResponse:
    """Take a late comment into account, or leave it out, with a reason."""
    form = LateForm(request.POST)
    taken = request.POST.get("do") == "take"
    if form.is_valid() and form.run(actions.decide_late, comment, taken=taken, because=form.cleaned_data["because"], by=request.actor):
        say(request, _("The late comment is decided on."))
        return redirect("consultations:points", key=comment.consultation.subject.code)
    return _desk(request, comment.consultation, GatherForm(comment.consultation), status=422)


@require_POST
@needs(ANSWER_POINTS, Consultation)
def answer_consultation(request: DialogiRequest, consultation: Consultation) -> HttpResponse:
    """Publish the answers to all points."""
    actions.answer_consultation(consultation, by=request.actor)
    say(request, _("The answers are published. Each author is told in their own language."))
    return redirect("consultations:overview", key=consultation.subject.code)


@require_GET
@needs(READ, Consultation)
@public_page(of_kinds("consultations.*", "voices.voice.*"))
def public_points(request: DialogiRequest, consultation: Consultation) -> HttpResponse:
    """Show every point with its answer."""
    return page(request, "consultations/point_list.html", consultation=consultation, subject=consultation.subject, points=reads.public_points(consultation))


@require_GET
@needs(READ, Consultation)
def public_points_pdf(request: DialogiRequest, consultation: Consultation) -> HttpResponse:
    """Return the bilingual table of points and answers as PDF/UA."""
    return _file(points_pdf(consultation, _answered(consultation)), "application/pdf", f"{consultation.subject.code}.pdf")


@require_GET
@needs(READ, Consultation)
def public_points_docx(request: DialogiRequest, consultation: Consultation) -> HttpResponse:
    """Return the bilingual table of points and answers as DOCX, for the planning file."""
    return _file(points_docx(consultation, _answered(consultation)), DOCX, f"{consultation.subject.code}.docx")


def _answered(consultation: Consultation) -> list[reads.PublicPoint]:
    found = reads.public_points(consultation)
    if not found:
        raise Http404
    return found


def _file(content: bytes, content_type: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
