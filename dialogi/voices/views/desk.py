"""The handler's desk: inbox, one case and what is done to it."""

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from dialogi.commons.paging import TownPages
from dialogi.commons.panels import panels_for
from dialogi.commons.permissions import may
from dialogi.commons.web import DialogiRequest, load, needs, page
from dialogi.voices import actions
from dialogi.voices.forms.desk import AssignForm, GatherForm, InboxForm, NoteForm, ReclassifyForm, ReplyForm, TranslateForm
from dialogi.voices.forms.status import HandOnForm
from dialogi.voices.models import Voice
from dialogi.voices.queries import desk as reads
from dialogi.voices.queries.story import story
from dialogi.voices.rules import ASSIGN, HAND_ON, NOTE, REPLY, SEE_CASE, WORK_AT_DESK
from dialogi.voices.views.notices import say

BULK_LIMIT = 100


@require_GET
@needs(WORK_AT_DESK)
def inbox(request: DialogiRequest) -> HttpResponse:
    """Show the inbox: a view, its filters, thirty cases a page, those due first."""
    form = InboxForm(request.GET)
    wanted = form.wanted()
    cases = TownPages(reads.inbox(request.actor, wanted), reads.PAGE_SIZE).get_page(request.GET.get("page"))
    gather = GatherForm(reads.themes_to_gather_in(request.actor))
    return page(request, "voices/desk_inbox.html", form=form, wanted=wanted, cases=cases, counts=reads.inbox_counts(request.actor), gather=gather)


def _case(request: DialogiRequest, voice: Voice, *, status: int = 200, **forms: Any) -> HttpResponse:
    actor = request.actor
    version = {"version": voice.subject.version}
    shown = {
        "reply_form": ReplyForm(voice, initial=version),
        "note_form": NoteForm(),
        "assign_form": AssignForm(reads.colleagues(voice.unit), initial={**version, "unit": voice.unit_id, "handler": voice.handler_id}),
        "reclassify_form": ReclassifyForm(initial={**version, **reads.classification(voice)}),
        "translate_form": TranslateForm(initial={"language": "fi" if voice.language == "sv" else "sv"}),
        "gather_form": GatherForm(reads.themes_to_gather_in(actor)),
        "hand_on_form": HandOnForm(initial={"contact": voice.may_pass_contact, "words": voice.may_pass_words}),
        **forms,
    }
    rights = {"may_reply": may(actor, REPLY, voice), "may_assign": may(actor, ASSIGN, voice)}
    waiting = reads.inbox(actor, InboxForm(request.GET).wanted())[: reads.PAGE_SIZE]
    details = reads.case(voice, actor=actor)
    told = story(voice, actor=actor, replies=details.replies)
    panels = panels_for(request, voice.subject, place="desk")
    return page(request, "voices/desk_case.html", status=status, voice=voice, case=details, told=told, waiting=waiting, panels=panels, **rights, **shown)


def _back(request: DialogiRequest, voice: Voice) -> HttpResponse:
    """Go to a case; the filters of the list at its side go along."""
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    # The form was sent to its own part of the page; without a place of its own the next page would open there too.
    return HttpResponseRedirect(f"{reverse('voices:case', args=[voice.subject.code])}{query}#main")


@require_GET
@needs(SEE_CASE, Voice)
def case(request: DialogiRequest, voice: Voice) -> HttpResponse:
    """Show one case with everything that can be done to it, the inbox at its side."""
    return _case(request, voice)


@require_POST
@needs(REPLY, Voice)
def take(request: DialogiRequest, voice: Voice) -> HttpResponse:
    """Take a case in hand."""
    actions.take_in_hand(voice, by=request.actor)
    say(request, _("The case is yours."))
    return _back(request, voice)


@require_POST
@needs(REPLY, Voice)
def reply(request: DialogiRequest, voice: Voice) -> HttpResponse:
    """Answer, and go on to the next case that waits."""
    form = ReplyForm(voice, request.POST)
    if form.is_valid() and form.run(actions.reply, voice, answer=form.answer(), by=request.actor, expecting=form.seen):
        say(request, _("The answer is given. The author is told in their own language."))
        wanted = InboxForm(request.GET).wanted()
        following = reads.next_case(request.actor, wanted, after=voice) if request.POST.get("then") == "next" else None
        return _back(request, following or voice)
    return _case(request, voice, status=422, reply_form=form)


@require_POST
@needs(ASSIGN, Voice)
def assign(request: DialogiRequest, voice: Voice) -> HttpResponse:
    """Move a case to a unit or a person, with the reason."""
    form = AssignForm(reads.all_handlers(), request.POST)
    if form.is_valid():
        data = form.cleaned_data
        if form.run(actions.assign, voice, unit=data["unit"], handler=data["handler"], reason=data["reason"], by=request.actor, expecting=form.seen):
            say(request, _("The case was moved."))
            return HttpResponseRedirect(f"{reverse('voices:inbox')}?{request.GET.urlencode()}")
    return _case(request, voice, status=422, assign_form=form)


@require_POST
@needs(HAND_ON, Voice)
def agree(request: DialogiRequest, voice: Voice) -> HttpResponse:
    """Write down what the author lets another organisation have."""
    form = HandOnForm(request.POST)
    if form.is_valid() and form.run(actions.agree_to_hand_on, voice, by=request.actor, wording=form.wording, **form.cleaned_data):
        say(request, _("What the author agrees to is written down."))
        return _back(request, voice)
    return _case(request, voice, status=422, hand_on_form=form)


@require_POST
@needs(NOTE, Voice)
def note(request: DialogiRequest, voice: Voice) -> HttpResponse:
    """Write an internal note."""
    form = NoteForm(request.POST)
    if form.is_valid() and form.run(actions.write_note, voice, text=form.cleaned_data["text"], by=request.actor):
        return _back(request, voice)
    return _case(request, voice, status=422, note_form=form)


@require_POST
@needs(NOTE, Voice)
def reclassify(request: DialogiRequest, voice: Voice) -> HttpResponse:
    """Correct what the voice is."""
    form = ReclassifyForm(request.POST)
    if form.is_valid():
        data = {name: form.cleaned_data[name] for name in ("kind", "language", "service", "area")}
        if form.run(actions.reclassify, voice, by=request.actor, expecting=form.seen, **data):
            say(request, _("Corrected."))
            return _back(request, voice)
    return _case(request, voice, status=422, reclassify_form=form)


@require_POST
@needs(NOTE, Voice)
def translate(request: DialogiRequest, voice: Voice) -> HttpResponse:
    """Add a translation of the author's words."""
    form = TranslateForm(request.POST)
    if form.is_valid() and form.run(actions.add_translation, voice, by=request.actor, **form.cleaned_data):
        say(request, _("The translation was added."))
        return _back(request, voice)
    return _case(request, voice, status=422, translate_form=form)


@require_POST
@needs(NOTE, Voice)
def gather(request: DialogiRequest, voice: Voice) -> HttpResponse:
    """Put the case in a theme, or take it out of its theme."""
    if request.POST.get("take_out"):
        actions.take_out(voice, by=request.actor)
        return _back(request, voice)
    form = GatherForm(reads.themes_to_gather_in(request.actor), request.POST)
    if form.is_valid() and form.run(actions.gather, [voice], theme=form.cleaned_data["theme"], by=request.actor):
        say(request, _("The case is in the theme."))
        return _back(request, voice)
    return _case(request, voice, status=422, gather_form=form)


@require_POST
@needs(WORK_AT_DESK)
def bulk(request: DialogiRequest) -> HttpResponse:
    """Do one thing to the chosen cases: take them in hand, or gather them in a theme. Each case is asked for its right."""
    codes = request.POST.getlist("case")[:BULK_LIMIT]
    voices = [load(request, Voice, code) for code in codes]
    if not voices:
        say(request, _("Choose at least one case."))
    elif request.POST.get("do") == "take":
        for voice in voices:
            actions.take_in_hand(voice, by=request.actor)
        say(request, _("The cases are yours."))
    else:
        form = GatherForm(reads.themes_to_gather_in(request.actor), request.POST)
        done = form.is_valid() and form.run(actions.gather, voices, theme=form.cleaned_data["theme"], by=request.actor)
        say(request, _("The cases are in the theme.") if done else _("Choose the theme."))
    return redirect(f"{request.path.removesuffix('bulk/')}?{request.GET.urlencode()}")
