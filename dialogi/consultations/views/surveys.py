"""Surveys: answering, going on later, changing, results; the clerk's form; the planner's questions and codes."""

import secrets
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dialogi.commons.codes import grouped, normalise, spoken
from dialogi.commons.languages import current_language
from dialogi.commons.limits import Limit, check
from dialogi.commons.public_door import public_page
from dialogi.commons.versions import of_kinds
from dialogi.commons.web import DialogiRequest, needs, open_to_all, page
from dialogi.consultations import actions
from dialogi.consultations.forms.answering import AnswerForm, PublicAnswerForm, RecordAnswerForm
from dialogi.consultations.forms.questions import CodesForm, QuestionForm
from dialogi.consultations.models import Phase, PhaseKind, Question, Response, State
from dialogi.consultations.queries import surveys as reads
from dialogi.consultations.rules import ANSWER_POINTS, PREPARE, READ, RECORD_FOR_OTHER, TAKE_PART
from dialogi.consultations.views.notices import say

ANSWERING = Limit("answer_survey", 60, 3600)
GUESSING = Limit("response_code", 30, 600)
BY_CODE = "the secret follow-up code in the address is the key"


def _survey(phase: Phase) -> Phase:
    if phase.kind != PhaseKind.SURVEY or phase.consultation.state == State.DRAFT:
        raise Http404
    return phase


@never_cache
@require_http_methods(["GET", "POST"])
@needs(TAKE_PART, Phase, field="pk")
def answer(request: DialogiRequest, phase: Phase) -> HttpResponse:
    """Answer the questions; whoever is signed in and has answered goes on with that answer."""
    mine = reads.response_of(_survey(phase), person_id=request.actor.person_id)
    questions = reads.questions_of(phase)
    sending = request.POST.get("do") != "save"
    told: dict[str, Any] = {"actor": request.actor, "response": mine, "sending": sending}
    if request.method == "GET":
        return _answer_page(request, phase, PublicAnswerForm(phase, questions, initial={"form_key": secrets.token_hex(16)}, **told))
    form = PublicAnswerForm(phase, questions, request.POST, request.FILES, **told)
    if form.is_valid():
        check(ANSWERING, actor=request.actor, request=request)
        if mine is not None:
            done = form.run(actions.change_response, mine, filled=form.filled(), by=request.actor, expecting=form.cleaned_data["version"])
            return redirect("consultations:answer", key=phase.pk) if done else _answer_page(request, phase, form, status=422)
        key, code = form.cleaned_data["form_key"] or secrets.token_hex(16), form.cleaned_data.get("access_code", "")
        if form.run(actions.respond, form.filled(), phase=phase, form_key=key, access_code=code, by=request.actor):
            return redirect("consultations:response", code=normalise(form.result.code))
    return _answer_page(request, phase, form, status=422)


def _answer_page(request: DialogiRequest, phase: Phase, form: AnswerForm, *, status: int = 200, **context: Any) -> HttpResponse:
    shown = {
        "phase": phase,
        "consultation": phase.consultation,
        "form": form,
        "has_files": any(field.widget.needs_multipart_form for field in form.fields.values()),
    }
    return page(request, "consultations/answer_form.html", status=status, **shown, **context)


def _response(request: DialogiRequest, code: str) -> Response:
    found = reads.response_by_code(code)
    if found is None:
        check(GUESSING, request=request)
        raise Http404
    return found


@never_cache
@require_GET
@open_to_all(BY_CODE)
def response(request: DialogiRequest, code: str) -> HttpResponse:
    """Show the receipt of an answer: what was saved or sent, and until when it can be changed."""
    found, bare = _response(request, code), normalise(code)
    context: dict[str, Any] = {
        "code": bare,
        "grouped": grouped(bare),
        "spoken": spoken(bare, current_language()),
        "phase": found.phase,
        "consultation": found.phase.consultation,
    }
    return page(request, "consultations/response_page.html", response=found, **context)


@never_cache
@require_http_methods(["GET", "POST"])
@open_to_all(BY_CODE)
def change_response(request: DialogiRequest, code: str) -> HttpResponse:
    """Go on with an answer that was saved, or change one that was sent, until closing."""
    found = _response(request, code)
    questions, sending = reads.questions_of(found.phase), request.POST.get("do") != "save"
    if request.method == "GET":
        return _answer_page(request, found.phase, AnswerForm(found.phase, questions, response=found), code=normalise(code))
    form = AnswerForm(found.phase, questions, request.POST, request.FILES, response=found, sending=sending)
    by_code: dict[str, Any] = {"by": request.actor, "with_code": True}
    if form.is_valid() and form.run(actions.change_response, found, filled=form.filled(), expecting=form.cleaned_data["version"], **by_code):
        return redirect("consultations:response", code=normalise(code))
    return _answer_page(request, found.phase, form, status=422, code=normalise(code))


@never_cache
@require_POST
@open_to_all(BY_CODE)
def take_back(request: DialogiRequest, code: str) -> HttpResponse:
    """Take an answer back while it is open."""
    found = _response(request, code)
    consultation = found.phase.consultation
    actions.take_back_response(found, by=request.actor, with_code=True)
    return redirect(consultation)


@require_GET
@needs(READ, Phase, field="pk")
@public_page(of_kinds("consultations.*"))
def results(request: DialogiRequest, phase: Phase) -> HttpResponse:
    """Show the sums to everybody, when they are to be seen."""
    request.public_until = None if phase.is_over() else phase.closes_at  # type: ignore[attr-defined]
    if not reads.are_results_shown(_survey(phase)):
        return page(request, "consultations/results_later.html", phase=phase, consultation=phase.consultation)
    return page(request, "consultations/results.html", phase=phase, consultation=phase.consultation, shown=reads.results_of(phase))


@never_cache
@require_http_methods(["GET", "POST"])
@needs(RECORD_FOR_OTHER, Phase, field="pk")
def record_answer(request: DialogiRequest, phase: Phase) -> HttpResponse:
    """Type in a paper form, or a call."""
    questions = reads.questions_of(_survey(phase))
    if request.method == "GET":
        form = RecordAnswerForm(phase, questions, initial={"form_key": secrets.token_hex(16)})
    else:
        form = RecordAnswerForm(phase, questions, request.POST, request.FILES)
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        how = {"channel": data["channel"], "arrived_at": data["arrived_at"], "access_code": data["access_code"]}
        key = data["form_key"] or secrets.token_hex(16)
        if form.run(actions.record_response, form.filled(), phase=phase, form_key=key, by=request.actor, **how):
            say(request, _("The answer is recorded. Its follow-up code is %(code)s.") % {"code": form.result.code})
            return redirect("consultations:record_answer", key=phase.pk)
    context: dict[str, Any] = {"form": form, "phase": phase, "consultation": phase.consultation}
    return page(request, "consultations/record_answer.html", status=422 if form.errors else 200, **context)


@require_http_methods(["GET", "POST"])
@needs(PREPARE, Phase, field="pk")
def new_question(request: DialogiRequest, phase: Phase) -> HttpResponse:
    """Add a question."""
    form = QuestionForm(phase, request.POST or None)
    if form.is_valid() and form.run(actions.add_question, phase, kind=form.cleaned_data["kind"], wordings=form.wordings(), by=request.actor, **form.values()):
        return _to_questions(request, phase, _("The question is added."))
    return _question_page(request, phase, form, _("New question"))


@require_http_methods(["GET", "POST"])
@needs(PREPARE, Question, field="pk")
def edit_question(request: DialogiRequest, question: Question) -> HttpResponse:
    """Change a question."""
    form = QuestionForm(question.phase, request.POST or None, question=question)
    if form.is_valid() and form.run(actions.change_question, question, wordings=form.wordings(), by=request.actor, expecting=form.seen, **form.values()):
        return _to_questions(request, question.phase, _("The question is changed."))
    return _question_page(request, question.phase, form, str(question.get_kind_display()))


def _question_page(request: DialogiRequest, phase: Phase, form: QuestionForm, title: str) -> HttpResponse:
    return page(request, "consultations/desk_form.html", consultation=phase.consultation, form=form, title=title, status=422 if form.errors else 200)


def _to_questions(request: DialogiRequest, phase: Phase, words: str) -> HttpResponse:
    say(request, words)
    return redirect("consultations:overview", key=phase.consultation.subject.code)


@require_POST
@needs(PREPARE, Question, field="pk")
def arrange_question(request: DialogiRequest, question: Question) -> HttpResponse:
    """Move a question up or down, or take it away."""
    phase, do = question.phase, request.POST.get("do")
    if do == "remove":
        actions.remove_question(question, by=request.actor)
    else:
        actions.move_question(question, up=do == "up", by=request.actor)
    return _to_questions(request, phase, _("The questions are in their new order.") if do != "remove" else _("The question is gone."))


@never_cache
@require_http_methods(["GET", "POST"])
@needs(PREPARE, Phase, field="pk")
def codes(request: DialogiRequest, phase: Phase) -> HttpResponse:
    """Make single-use codes and show them this once."""
    form = CodesForm(request.POST or None)
    made: list[str] = []
    if form.is_valid() and form.run(actions.make_codes, phase, count=form.cleaned_data["count"], batch=form.cleaned_data["batch"], by=request.actor):
        made = form.result
    context: dict[str, Any] = {"form": form, "made": made, "phase": phase, "consultation": phase.consultation}
    return page(request, "consultations/codes.html", status=422 if form.errors else 200, **context)


@require_POST
@needs(ANSWER_POINTS, Response, field="pk")
def decide_late(request: DialogiRequest, response: Response) -> HttpResponse:
    """Count a late answer, or leave it out, with a reason."""
    taken, because = request.POST.get("do") == "take", request.POST.get("because", "")[:1000]
    actions.decide_late_response(response, taken=taken, because=because, by=request.actor)
    return _to_questions(request, response.phase, _("The late answer is decided on."))
