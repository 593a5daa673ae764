"""The draft: read, compared, commented paragraph by paragraph; and the planner's pages for it."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dialogi.commons.public_door import public_page
from dialogi.commons.versions import of_kinds
from dialogi.commons.web import DialogiRequest, needs, page
from dialogi.consultations import actions
from dialogi.consultations.forms.drafts import AlternativeForm, ParagraphForm, VersionForm
from dialogi.consultations.models import Alternative, Consultation, DraftVersion, Paragraph, Phase, PhaseKind
from dialogi.consultations.queries import drafts as reads
from dialogi.consultations.rules import PREPARE, READ
from dialogi.consultations.views.notices import say

OF_DRAFTS = of_kinds("consultations.*", "voices.voice.*")


def _form(request: DialogiRequest, consultation: Consultation, form: Any, title: str, **context: Any) -> HttpResponse:
    status = 422 if form.errors else 200
    return page(request, "consultations/desk_form.html", consultation=consultation, form=form, title=title, status=status, **context)


def _alternative(request: DialogiRequest, phase: Phase) -> Alternative | None:
    wanted = request.GET.get("alternative", "")
    return phase.alternatives.filter(pk=wanted).first() if wanted.isdecimal() else phase.alternatives.first()


@require_GET
@needs(READ, Phase, field="pk")
@public_page(OF_DRAFTS)
def draft(request: DialogiRequest, phase: Phase) -> HttpResponse:
    """Show the draft, each paragraph with its number, its comments and the way to comment on it."""
    version = reads.newest_version(phase, alternative=_alternative(request, phase))
    if phase.kind != PhaseKind.HEARING or version is None:
        raise Http404
    shown = reads.reading(version, section=request.GET.get("section", "")[:20])
    request.public_until = None if phase.is_over() else (phase.closes_at if phase.is_open() else phase.opens_at)  # type: ignore[attr-defined]
    return page(request, "consultations/draft.html", phase=phase, consultation=phase.consultation, shown=shown, title=reads.title_of(version))


@require_GET
@needs(READ, Phase, field="pk")
@public_page(OF_DRAFTS)
def compare(request: DialogiRequest, phase: Phase) -> HttpResponse:
    """Show what changed from an earlier version to the newest one, word by word."""
    newest = reads.newest_version(phase, alternative=_alternative(request, phase))
    wanted = request.GET.get("from", "")
    earlier = newest and phase.versions.filter(alternative=newest.alternative, published_at__isnull=False, number__lt=newest.number).order_by("-number")
    old = earlier and (earlier.filter(number=wanted).first() if wanted.isdecimal() else earlier.first())
    if newest is None or not old:
        raise Http404
    language, changes = reads.comparison(old, newest)
    context: dict[str, Any] = {"old": old, "new": newest, "language": language, "changes": changes, "versions": earlier}
    return page(request, "consultations/draft_compare.html", phase=phase, consultation=phase.consultation, **context)


@require_http_methods(["GET", "POST"])
@needs(PREPARE, Phase, field="pk")
def new_version(request: DialogiRequest, phase: Phase) -> HttpResponse:
    """Read a new version from documents."""
    form = VersionForm(phase, request.POST or None, request.FILES or None)
    if form.is_valid():
        told = {"drafts": form.drafts(), "change_words": form.by_language("change"), "alternative": form.cleaned_data.get("alternative")}
        if form.run(actions.write_version, phase, by=request.actor, **told):
            for kept in form.drafts().values():
                for remark in kept.warnings:
                    say(request, f"{remark.sentence} {remark.where}".strip())
            return redirect("consultations:version", key=form.result.pk)
    return _form(request, phase.consultation, form, _("New version of the draft"), has_files=True)


@require_GET
@needs(PREPARE, DraftVersion, field="pk")
def version(request: DialogiRequest, version: DraftVersion) -> HttpResponse:
    """Show a version side by side in its languages, to be corrected and published."""
    context: dict[str, Any] = {"rows": version.paragraphs.all(), "lacking": reads.lacking_words(version), "consultation": version.phase.consultation}
    return page(request, "consultations/desk_version.html", version=version, **context)


@require_POST
@needs(PREPARE, DraftVersion, field="pk")
def publish_version(request: DialogiRequest, version: DraftVersion) -> HttpResponse:
    """Let people comment on this version."""
    actions.publish_version(version, by=request.actor)
    say(request, _("The version is ready. Comments stay with their paragraphs."))
    return redirect("consultations:overview", key=version.phase.consultation.subject.code)


@require_http_methods(["GET", "POST"])
@needs(PREPARE, Paragraph, field="pk")
def edit_paragraph(request: DialogiRequest, paragraph: Paragraph) -> HttpResponse:
    """Correct a paragraph of a version that is not published yet."""
    form = ParagraphForm(paragraph, request.POST or None)
    if form.is_valid() and form.run(actions.correct_paragraph, paragraph, texts=form.texts(), expecting=form.seen(), by=request.actor):
        return redirect("consultations:version", key=paragraph.version_id)
    consultation = paragraph.version.phase.consultation
    return _form(request, consultation, form, f"§ {paragraph.number}")


@require_http_methods(["GET", "POST"])
@needs(PREPARE, Phase, field="pk")
def new_alternative(request: DialogiRequest, phase: Phase) -> HttpResponse:
    """Set another way beside the others."""
    form = AlternativeForm(request.POST or None)
    if form.is_valid() and form.run(actions.add_alternative, phase, by=request.actor, **form.words()):
        return redirect("consultations:overview", key=phase.consultation.subject.code)
    return _form(request, phase.consultation, form, _("New alternative"))
