"""The publication check: its queue, one check, and the decisions."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from dialogi.commons.paging import TownPages
from dialogi.commons.permissions import may
from dialogi.commons.web import DialogiRequest, needs, page
from dialogi.voices import actions
from dialogi.voices.forms.moderating import DecideAppealForm, HideForm, MaskForm
from dialogi.voices.models import Voice
from dialogi.voices.queries import moderation as reads
from dialogi.voices.rules import DECIDE_APPEAL, MODERATE, SEE_CHECKS
from dialogi.voices.views.notices import say


@never_cache
@require_GET
@needs(SEE_CHECKS)
def checks(request: DialogiRequest) -> HttpResponse:
    """Show what waits for a check, oldest first, and the appeals that wait for an answer."""
    shown = TownPages(reads.waiting_for_check(request.actor), reads.PAGE_SIZE).get_page(request.GET.get("page"))
    waiting = reads.with_verdicts(list(shown), actor=request.actor)
    return page(request, "voices/moderation_queue.html", shown=shown, waiting=waiting, appeals=reads.open_appeals()[: reads.PAGE_SIZE])


@never_cache
@require_GET
@needs(SEE_CHECKS, Voice)
def check(request: DialogiRequest, voice: Voice) -> HttpResponse:
    """Show one voice with what looks like personal data marked, and what can be decided."""
    return _check(request, voice)


def _check(request: DialogiRequest, voice: Voice, *, status: int = 200, **forms: Any) -> HttpResponse:
    shown = reads.check_of(voice, actor=request.actor)
    personal = next((rule for rule in reads.rules_in_use() if "personal" in rule.code), None) if shown.has_personal_data else None
    context = {
        "mask_form": MaskForm(language=voice.language, initial={"text": shown.proposal, "rule": personal}, prefix="mask"),
        "hide_form": HideForm(prefix="hide"),
        "appeal_form": DecideAppealForm(prefix="appeal"),
        "may_decide": may(request.actor, MODERATE, voice),
        "may_review": _may_review(request, voice, shown),
        **forms,
    }
    return page(request, "voices/moderation_check.html", status=status, voice=voice, check=shown, **context)


def _may_review(request: DialogiRequest, voice: Voice, shown: reads.Check) -> bool:
    """Whoever decided first never reviews it."""
    mine = shown.appeal is not None and shown.appeal.decision.decided_by_id == request.actor.person_id
    return not mine and bool(may(request.actor, DECIDE_APPEAL, voice))


def _onward(request: DialogiRequest, voice: Voice, words: str) -> HttpResponse:
    say(request, words)
    following = reads.next_to_check(request.actor, after=voice)
    return redirect("voices:check", key=following.subject.code) if following else redirect("voices:checks")


@require_POST
@needs(MODERATE, Voice)
def publish(request: DialogiRequest, voice: Voice) -> HttpResponse:
    """Make the words public as they were written, and go on to the next."""
    actions.publish(voice, by=request.actor)
    return _onward(request, voice, _("The words are public as written. The author is told."))


@require_POST
@needs(MODERATE, Voice)
def mask(request: DialogiRequest, voice: Voice) -> HttpResponse:
    """Make the words public with a part hidden, under a rule, and go on to the next."""
    form = MaskForm(request.POST, language=voice.language, prefix="mask")
    if form.is_valid():
        data = form.cleaned_data
        if form.run(actions.publish, voice, masked_text=data["text"], rule=data["rule"], explanation=data["explanation"], by=request.actor):
            return _onward(request, voice, _("The words are public with a part hidden. The author is told why."))
    return _check(request, voice, status=422, mask_form=form)


def _hide(request: DialogiRequest, voice: Voice, action: Callable[..., Any], words: str) -> HttpResponse:
    form = HideForm(request.POST, prefix="hide")
    if form.is_valid() and form.run(action, voice, rule=form.cleaned_data["rule"], explanation=form.cleaned_data["explanation"], by=request.actor):
        return _onward(request, voice, words)
    return _check(request, voice, status=422, hide_form=form)


@require_POST
@needs(MODERATE, Voice)
def refuse(request: DialogiRequest, voice: Voice) -> HttpResponse:
    """Do not make the words public, by a rule and with a reason."""
    return _hide(request, voice, actions.refuse, _("The words are not made public. The author is told why and how to ask for a review."))


@require_POST
@needs(MODERATE, Voice)
def withdraw(request: DialogiRequest, voice: Voice) -> HttpResponse:
    """Take the words out of public view, by a rule and with a reason."""
    return _hide(request, voice, actions.withdraw, _("The words are out of public view. The author is told why and how to ask for a review."))


@require_POST
@needs(MODERATE, Voice)
def photo(request: DialogiRequest, voice: Voice, pk: int) -> HttpResponse:
    """Take one photo out of public view, or put it back."""
    found = voice.subject.attachments.filter(pk=pk).first()
    if found is None:
        raise Http404
    actions.show_photo(voice, photo=found, shown=request.POST.get("do") == "show", by=request.actor)
    return redirect("voices:check", key=voice.subject.code)


@require_POST
@needs(DECIDE_APPEAL, Voice)
def decide_appeal(request: DialogiRequest, voice: Voice) -> HttpResponse:
    """Decide on the appeal with a reason."""
    form = DecideAppealForm(request.POST, prefix="appeal")
    made = reads.check_of(voice, actor=request.actor).appeal
    if made is None:
        raise Http404
    if form.is_valid() and form.run(actions.decide_appeal, made, upheld=form.cleaned_data["upheld"], answer=form.cleaned_data["answer"], by=request.actor):
        return _onward(request, voice, _("The review is ready. The author is told."))
    return _check(request, voice, status=422, appeal_form=form)
