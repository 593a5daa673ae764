"""Opinion maps as people take part: one statement after another, all of them as a list, a proposal of one's own, and what came of it."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dialogi.commons.limits import Limit, check
from dialogi.commons.public_door import public_page
from dialogi.commons.versions import of_kinds
from dialogi.commons.web import DialogiRequest, needs, page
from dialogi.consultations import actions
from dialogi.consultations.forms.voting import AboutForm, ProposeForm, SeatFields, VoteForm, VotesForm
from dialogi.consultations.models import Participant, Phase, PhaseKind, State
from dialogi.consultations.queries import opinion_results as results
from dialogi.consultations.queries import opinions as reads
from dialogi.consultations.queries.surveys import are_results_shown
from dialogi.consultations.rules import READ, TAKE_PART

# A library or the book bus is one address for many people.
VOTING = Limit("opinion_vote", 1200, 3600)
JOINING = Limit("opinion_join", 120, 3600)
PROPOSING = Limit("opinion_propose", 20, 3600)
GUESSING = Limit("opinion_code", 30, 600)
SALT = "opinion map"
MONTHS_KEPT = 12
ALONG = ("consultation__subject", "consultation__unit")


def _map(phase: Phase) -> Phase:
    if phase.kind != PhaseKind.OPINION_MAP or phase.consultation.state == State.DRAFT:
        raise Http404
    return phase


def _cookie(phase: Phase) -> str:
    return f"opinion-{phase.pk}"


def _participant(request: DialogiRequest, phase: Phase) -> Participant | None:
    """Who is signed in, or whom the browser's signed cookie stands for."""
    number = request.get_signed_cookie(_cookie(phase), default="", salt=SALT) or ""
    return reads.participant_of(_map(phase), person_id=request.actor.person_id, key=int(number) if number.isdecimal() else None)


def _check(request: DialogiRequest, participant: Participant | None, limit: Limit) -> None:
    check(limit, actor=request.actor, request=request)
    if participant is None:
        check(GUESSING if request.POST.get("access_code") else JOINING, request=request)


def _seated(request: DialogiRequest, participant: Participant, *, to: str) -> HttpResponse:
    """Go on, and let the browser know whose votes these are; an account needs no cookie."""
    response = redirect(to, key=participant.phase_id)
    if participant.person_id is None:
        options: dict[str, Any] = {"max_age": MONTHS_KEPT * 30 * 86400, "httponly": True, "samesite": "Lax", "secure": request.is_secure()}
        response.set_signed_cookie(f"opinion-{participant.phase_id}", str(participant.pk), salt=SALT, **options)
    return response


def _page(request: DialogiRequest, template: str, form: SeatFields | AboutForm | None, phase: Phase, *, status: int = 0, **context: Any) -> HttpResponse:
    wanted = status or (422 if form is not None and form.errors else 200)
    return page(request, template, status=wanted, form=form, phase=phase, consultation=phase.consultation, **context)


def _standing(phase: Phase, participant: Participant | None, *, is_done: bool = True) -> dict[str, Any]:
    """What somebody's own votes come to, for the page alone: when everybody sees the results and nothing is left to vote on. It is kept nowhere."""
    shown = are_results_shown(phase)
    near = results.nearest_to(phase, participant) if shown and is_done and participant is not None else None
    return {"participant": participant, "are_results_shown": shown, "near": near, "proposals": reads.proposals_of(participant)}


@never_cache
@require_http_methods(["GET", "POST"])
@needs(TAKE_PART, Phase, field="pk", along=ALONG)
def vote(request: DialogiRequest, phase: Phase) -> HttpResponse:
    """Vote on one statement, then on the next."""
    participant = _participant(request, phase)
    form = VoteForm(phase, request.POST or None, participant=participant, actor=request.actor)
    if form.is_valid():
        _check(request, participant, VOTING)
        if form.run(actions.vote, phase, votes=form.votes(), voter=form.voter(), by=request.actor):
            return _seated(request, form.result, to="consultations:vote")
    ballot = reads.ballot_of(phase, participant)
    context: dict[str, Any] = {"ballot": ballot, "last": reads.last_vote(phase, participant), "refused": reads.refused_by_rule(phase)}
    return _page(request, "consultations/opinion_vote.html", form, phase, **context, **_standing(phase, participant, is_done=ballot.statement is None))


@never_cache
@require_http_methods(["GET", "POST"])
@needs(TAKE_PART, Phase, field="pk", along=ALONG)
def statements(request: DialogiRequest, phase: Phase) -> HttpResponse:
    """Show all statements as a list with one's own votes, to be changed until closing."""
    participant = _participant(request, phase)
    shown = reads.statements_page(phase, page=request.GET.get("page"))
    form = VotesForm(phase, list(shown), reads.votes_of(participant), request.POST or None, participant=participant, actor=request.actor)
    if form.is_valid():
        _check(request, participant, VOTING)
        if form.run(actions.vote, phase, votes=form.votes(), voter=form.voter(), by=request.actor):
            return _seated(request, form.result, to="consultations:statements")
    context: dict[str, Any] = {"shown": shown, "refused": reads.refused_by_rule(phase)}
    return _page(request, "consultations/opinion_statements.html", form, phase, **context, **_standing(phase, participant))


@never_cache
@require_http_methods(["GET", "POST"])
@needs(TAKE_PART, Phase, field="pk", along=ALONG)
def propose(request: DialogiRequest, phase: Phase) -> HttpResponse:
    """Propose a statement; what others have said already is shown before it is sent."""
    participant = _participant(request, phase)
    form = ProposeForm(phase, request.POST or None, participant=participant, actor=request.actor)
    alike = []
    if form.is_valid():
        alike = reads.statements_like(phase, text=form.cleaned_data["text"]) if request.POST.get("do") != "send" else []
        if not alike:
            _check(request, participant, PROPOSING)
            told: dict[str, Any] = {"text": form.cleaned_data["text"], "language": form.recognised, "voter": form.voter()}
            if form.run(actions.propose_statement, phase, by=request.actor, **told):
                return _seated(request, form.result.author, to="consultations:proposed")
    return _page(request, "consultations/opinion_propose.html", form, phase, alike=alike)


@never_cache
@require_POST
@needs(TAKE_PART, Phase, field="pk", along=ALONG)
def leave(request: DialogiRequest, phase: Phase) -> HttpResponse:
    """Let the browser forget whose votes these are, so that the next person at a shared computer neither sees nor changes them."""
    response = redirect("consultations:vote", key=_map(phase).pk)
    response.delete_cookie(_cookie(phase), samesite="Lax")
    return response


@never_cache
@require_GET
@needs(TAKE_PART, Phase, field="pk", along=ALONG)
def proposed(request: DialogiRequest, phase: Phase) -> HttpResponse:
    """Show what somebody has proposed and what became of it, to that person alone."""
    participant = _participant(request, phase)
    return _page(request, "consultations/opinion_proposed.html", None, phase, proposals=reads.proposals_of(participant))


@never_cache
@require_http_methods(["GET", "POST"])
@needs(TAKE_PART, Phase, field="pk", along=ALONG)
def about_me(request: DialogiRequest, phase: Phase) -> HttpResponse:
    """Ask once, voluntarily, for age and village."""
    participant = _participant(request, phase)
    if participant is None or participant.age_band or participant.area_id:
        return redirect("consultations:vote", key=phase.pk)
    form = AboutForm(phase, request.POST or None)
    if form.is_valid() and form.run(actions.tell_about_oneself, participant, told=form.told(), by=request.actor):
        return redirect("consultations:vote", key=phase.pk)
    return _page(request, "consultations/opinion_about.html", form, phase)


@require_GET
@needs(READ, Phase, field="pk", along=ALONG)
@public_page(of_kinds("consultations.*"))
def opinion_results(request: DialogiRequest, phase: Phase) -> HttpResponse:
    """Show the map to everybody, table first, when it is to be seen."""
    request.public_until = None if phase.is_over() else phase.closes_at  # type: ignore[attr-defined]
    if not are_results_shown(_map(phase)):
        return _page(request, "consultations/results_later.html", None, phase)
    context: dict[str, Any] = {"shown": results.opinion_map(phase), "counts": reads.participant_counts(phase), "refused": reads.refused_by_rule(phase)}
    return _page(request, "consultations/opinion_results.html", None, phase, **context)
