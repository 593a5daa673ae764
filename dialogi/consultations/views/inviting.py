"""The planner's side of a statement round: who is invited, who waits for an answer, and what came otherwise than by the link."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dialogi.commons.attachments import hold
from dialogi.commons.web import DialogiRequest, needs, page
from dialogi.consultations import actions
from dialogi.consultations.forms import statements as forms
from dialogi.consultations.models import Invitation, Phase
from dialogi.consultations.queries import invitations as reads
from dialogi.consultations.queries.surveys import questions_of
from dialogi.consultations.rules import INVITE, RECORD_FOR_OTHER
from dialogi.consultations.views.notices import say


@require_http_methods(["GET", "POST"])
@needs(INVITE, Phase, field="pk")
def invite(request: DialogiRequest, phase: Phase) -> HttpResponse:
    """Invite many at once, or one that is not in the register yet."""
    is_new = request.POST.get("do") == "new"
    form = forms.InviteForm(phase, None if is_new else request.POST or None)
    newcomer = forms.NewcomerForm(phase, request.POST if is_new else None)
    if form.is_valid() and form.run(actions.invite, phase, invited=form.invited(), due_at=forms.due_at(form.cleaned_data["due"]), by=request.actor):
        return _to_round(request, phase, _("The invitations are on their way."))
    if newcomer.is_valid():
        data = newcomer.cleaned_data
        asked = {"email": data["email"], "language": data["language"], "due_at": forms.due_at(data["due"])}
        if newcomer.run(actions.invite_newcomer, phase, names=newcomer.names(), by=request.actor, **asked):
            return _to_round(request, phase, _("The organisation is in the register and has been invited."))
    context: dict[str, Any] = {"form": form, "newcomer": newcomer, "phase": phase, "consultation": phase.consultation}
    return page(request, "consultations/desk_invite.html", status=422 if form.errors or newcomer.errors else 200, **context)


def _to_round(request: DialogiRequest, phase: Phase, words: str) -> HttpResponse:
    say(request, words)
    return redirect("consultations:overview", key=phase.consultation.subject.code)


@never_cache
@require_GET
@needs(INVITE, Invitation, field="pk", along=reads.WITH_ALL)
def invitation(request: DialogiRequest, invitation: Invitation) -> HttpResponse:
    """Show one invitation with what can be done about it."""
    return _invitation_page(request, invitation)


def _invitation_page(request: DialogiRequest, invitation: Invitation, **bound: Any) -> HttpResponse:
    asked = {"until": invitation.extension_asked_until, "do": "give"}
    context: dict[str, Any] = {
        "invitation": invitation,
        "phase": invitation.phase,
        "consultation": invitation.phase.consultation,
        "address_form": forms.AddressForm(initial={"email": invitation.email, "language": invitation.language}),
        "extension_form": forms.ExtensionForm(initial=asked),
        "files": reads.files_of(invitation),
        "letter": reads.letter_of(invitation) if not invitation.email else None,
        **bound,
    }
    return page(request, "consultations/desk_invitation.html", status=422 if bound else 200, **context)


@require_POST
@needs(INVITE, Invitation, field="pk", along=reads.WITH_ALL)
def edit_invitation(request: DialogiRequest, invitation: Invitation) -> HttpResponse:
    """Mend the address or the language, and send it again."""
    form = forms.AddressForm(request.POST)
    if form.is_valid() and form.run(actions.change_invitation, invitation, by=request.actor, **form.cleaned_data):
        return _to_invitation(request, invitation, _("The invitation is changed."))
    return _invitation_page(request, invitation, address_form=form)


@require_POST
@needs(INVITE, Invitation, field="pk", along=reads.WITH_ALL)
def withdraw(request: DialogiRequest, invitation: Invitation) -> HttpResponse:
    """Take an invitation back."""
    actions.withdraw_invitation(invitation, by=request.actor)
    return _to_round(request, invitation.phase, _("The invitation is withdrawn, and its link opens nothing any more."))


@require_POST
@needs(INVITE, Invitation, field="pk", along=reads.WITH_ALL)
def decide_extension(request: DialogiRequest, invitation: Invitation) -> HttpResponse:
    """Give more time or refuse it, with a reason."""
    form = forms.ExtensionForm(request.POST)
    if form.is_valid():
        until = form.cleaned_data["until"] if form.cleaned_data["do"] == "give" else None
        if form.run(actions.decide_extension, invitation, until=until, because=form.cleaned_data["because"], by=request.actor):
            return _to_invitation(request, invitation, _("They are told, and everybody sees the day."))
    return _invitation_page(request, invitation, extension_form=form)


def _to_invitation(request: DialogiRequest, invitation: Invitation, words: str) -> HttpResponse:
    say(request, words)
    return redirect("consultations:invitation", key=invitation.pk)


@never_cache
@require_http_methods(["GET", "POST"])
@needs(RECORD_FOR_OTHER, Invitation, field="pk", along=reads.WITH_ALL)
def record_statement(request: DialogiRequest, invitation: Invitation) -> HttpResponse:
    """Record what came on paper, by phone or by e-mail; an e-mail's file fills the form, and a person checks it before it is recorded."""
    questions, is_reading = questions_of(invitation.phase), request.POST.get("do") == "read"
    mail = forms.EmailFileForm(request.POST if is_reading else None, request.FILES if is_reading else None)
    form = forms.RecordStatementForm(invitation, questions, None if is_reading else request.POST or None, request.FILES or None)
    if mail.is_bound and mail.is_valid():
        kept = {"held": tuple(hold(mail.letter.files)), "original": tuple(hold([mail.original]))}
        form = forms.RecordStatementForm(invitation, questions, initial=mail.found(), **kept)
    elif form.is_bound and form.is_valid():
        data = form.cleaned_data
        how = {"channel": data["channel"], "arrived_at": data["arrived_at"], "original": data["original"]}
        if form.run(actions.record_statement, invitation, stated=form.stated(), by=request.actor, **how):
            return _to_recorded(request, invitation)
    context: dict[str, Any] = {"form": form, "mail": mail, "invitation": invitation, "phase": invitation.phase, "consultation": invitation.phase.consultation}
    return page(request, "consultations/desk_record_statement.html", status=422 if form.errors or mail.errors else 200, **context)


def _to_recorded(request: DialogiRequest, invitation: Invitation) -> HttpResponse:
    say(request, _("The statement is recorded."))
    return redirect("consultations:statement", key=invitation.pk)
