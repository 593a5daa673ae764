"""Themes at the desk: gather, describe, answer once."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dialogi.commons.panels import panels_for
from dialogi.commons.permissions import may
from dialogi.commons.web import DialogiRequest, needs, page
from dialogi.people.models import Unit
from dialogi.voices import actions
from dialogi.voices.forms.desk import ThemeForm, ThemeReplyForm
from dialogi.voices.models import Theme
from dialogi.voices.queries import desk as reads
from dialogi.voices.rules import ANSWER_THEME, GATHER, KEEP_THEME, SEE_PROMISES
from dialogi.voices.views.notices import say


@require_GET
@needs(GATHER)
def themes(request: DialogiRequest) -> HttpResponse:
    """List the themes that the actor's units keep."""
    shown = Paginator(reads.themes_for(request.actor), reads.PAGE_SIZE).get_page(request.GET.get("page"))
    return page(request, "voices/desk_themes.html", themes=shown)


@require_http_methods(["GET", "POST"])
@needs(GATHER)
def new_theme(request: DialogiRequest) -> HttpResponse:
    """Open a theme."""
    form = ThemeForm(Unit.objects.active().order_by("name_sv"), request.POST or None)
    if form.is_valid():
        data = form.cleaned_data
        words = {"titles": form.in_languages("title"), "summaries": form.in_languages("summary")}
        if form.run(actions.open_theme, **words, unit=data["unit"], is_need=data["is_need"], by=request.actor):
            return redirect("voices:desk_theme", key=form.result.subject.code)
    return page(request, "voices/desk_theme_form.html", form=form, status=422 if form.errors else 200)


@require_GET
@needs(GATHER, Theme)
def theme(request: DialogiRequest, theme: Theme) -> HttpResponse:
    """Show a theme with its voices and the form that answers them all."""
    return _theme_page(request, theme, ThemeReplyForm(initial={"version": theme.subject.version}))


def _theme_page(request: DialogiRequest, theme: Theme, form: ThemeReplyForm, *, status: int = 200) -> HttpResponse:
    voices = reads.voices_in(theme, actor=request.actor)
    shown = Paginator(voices, reads.PAGE_SIZE).get_page(request.GET.get("page"))
    context: dict[str, Any] = {"similar": reads.ungathered_like(theme, request.actor), "panels": panels_for(request, theme.subject, place="desk")}
    rights = {"may_answer": may(request.actor, ANSWER_THEME, theme), "may_edit": may(request.actor, KEEP_THEME, theme)}
    return page(request, "voices/desk_theme.html", theme=theme, form=form, voices=shown, status=status, **rights, **context)


@require_http_methods(["GET", "POST"])
@needs(KEEP_THEME, Theme)
def edit_theme(request: DialogiRequest, theme: Theme) -> HttpResponse:
    """Change a theme's words."""
    initial = {"version": theme.subject.version, **{name: getattr(theme, name) for name in reads.THEME_FIELDS}}
    form = ThemeForm(Unit.objects.filter(pk=theme.unit_id), request.POST or None, initial=initial)
    if form.is_valid():
        words = {"titles": form.in_languages("title"), "summaries": form.in_languages("summary")}
        if form.run(actions.edit_theme, theme, **words, is_need=form.cleaned_data["is_need"], by=request.actor, expecting=form.seen):
            return redirect("voices:desk_theme", key=theme.subject.code)
    return page(request, "voices/desk_theme_form.html", form=form, theme=theme, status=422 if form.errors else 200)


@require_POST
@needs(ANSWER_THEME, Theme)
def reply_to_theme(request: DialogiRequest, theme: Theme) -> HttpResponse:
    """Answer all voices of a theme at once."""
    form = ThemeReplyForm(request.POST)
    if form.is_valid() and form.run(actions.reply_to_theme, theme, answer=form.answer(), by=request.actor, expecting=form.seen):
        say(request, _("The answer is given. Each author is told in their own language."))
        return redirect("voices:desk_theme", key=theme.subject.code)
    return _theme_page(request, theme, form, status=422)


@require_GET
@needs(SEE_PROMISES)
def promises(request: DialogiRequest) -> HttpResponse:
    """Show a head of unit how the promises of their units are kept."""
    return page(request, "voices/desk_promises.html", units=reads.promises_of_units(request.actor), overdue=reads.most_overdue(request.actor))
