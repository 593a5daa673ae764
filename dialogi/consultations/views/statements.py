"""What the invited one does with the secret link, and the statement as everybody reads it."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from dialogi.commons.codes import normalise
from dialogi.commons.limits import Limit, check
from dialogi.commons.public_door import public_page
from dialogi.commons.versions import of_kinds
from dialogi.commons.web import DialogiRequest, needs, open_to_all, page
from dialogi.consultations import actions
from dialogi.consultations.forms.statements import DeclineForm, MoreTimeForm, StatementForm
from dialogi.consultations.models import Invitation, InvitationState
from dialogi.consultations.queries import invitations as reads
from dialogi.consultations.queries.surveys import questions_of
from dialogi.consultations.rules import READ

BY_LINK = "the secret link of the invitation is the key"
STATING = Limit("statement", 60, 3600)
GUESSING = Limit("invitation_code", 30, 600)


def _invitation(request: DialogiRequest, code: str) -> Invitation:
    found = reads.invitation_by_code(code)
    if found is None:
        check(GUESSING, request=request)
        raise Http404
    return found


@never_cache
@require_GET
@open_to_all(BY_LINK)
def invited(request: DialogiRequest, code: str) -> HttpResponse:
    """Show the invitation: what is asked, by when, what has been done, and what can be done."""
    found = _invitation(request, code)
    return _page(request, "consultations/statement_invited.html", found, code, files=reads.files_of(found))


def _page(request: DialogiRequest, template: str, found: Invitation, code: str, *, status: int = 200, **context: Any) -> HttpResponse:
    phase = found.phase
    shown = {"invitation": found, "code": normalise(code), "phase": phase, "consultation": phase.consultation}
    return page(request, template, status=status, **shown, **context)


@never_cache
@require_http_methods(["GET", "POST"])
@open_to_all(BY_LINK)
def state(request: DialogiRequest, code: str) -> HttpResponse:
    """Write the statement: save it and go on later, send it, or change what was sent."""
    found = _invitation(request, code)
    questions, sending = questions_of(found.phase), request.POST.get("do") != "save"
    form = StatementForm(found, questions, request.POST or None, request.FILES or None, sending=sending)
    if form.is_bound and form.is_valid():
        check(STATING, request=request)
        act = actions.send_statement if sending else actions.save_statement
        if form.run(act, found, stated=form.stated(), by=request.actor):
            return redirect("consultations:invited", code=normalise(code))
    return _page(request, "consultations/statement_form.html", found, code, form=form, status=422 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "POST"])
@open_to_all(BY_LINK)
def more_time(request: DialogiRequest, code: str) -> HttpResponse:
    """Ask for more time."""
    found = _invitation(request, code)
    form = MoreTimeForm(request.POST or None)
    if form.is_valid() and form.run(actions.ask_for_time, found, by=request.actor, **form.cleaned_data):
        return redirect("consultations:invited", code=normalise(code))
    return _page(request, "consultations/statement_more_time.html", found, code, form=form, status=422 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "POST"])
@open_to_all(BY_LINK)
def decline(request: DialogiRequest, code: str) -> HttpResponse:
    """Say that no statement is given."""
    found = _invitation(request, code)
    form = DeclineForm(request.POST or None)
    if form.is_bound and form.is_valid() and form.run(actions.decline, found, because=form.cleaned_data["because"], by=request.actor):
        return redirect("consultations:invited", code=normalise(code))
    return _page(request, "consultations/statement_decline.html", found, code, form=form, status=422 if form.errors else 200)


@require_GET
@needs(READ, Invitation, field="pk", along=reads.WITH_ALL)
@public_page(of_kinds("consultations.*", "voices.voice.*"))
def statement(request: DialogiRequest, invitation: Invitation) -> HttpResponse:
    """Show one statement to everybody: the words, who signed, the files, and what they led to."""
    if invitation.state == InvitationState.WITHDRAWN:
        raise Http404
    shown = reads.public_statement(invitation)
    context: dict[str, Any] = {"shown": shown, "invitation": invitation, "phase": invitation.phase}
    return page(request, "consultations/statement_page.html", consultation=invitation.phase.consultation, **context)
