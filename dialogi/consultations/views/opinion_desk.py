"""Opinion maps at the desk: the planner's statements, proposals that wait, votes typed in for somebody, a point made of a statement."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from dialogi.commons.permissions import may
from dialogi.commons.web import DialogiRequest, needs, page
from dialogi.consultations import actions
from dialogi.consultations.forms.voting import RecordVotesForm, RefuseStatementForm, StatementForm, TakeInForm
from dialogi.consultations.models import OpinionStatement, Phase, StatementState
from dialogi.consultations.queries import opinions as reads
from dialogi.consultations.queries.opinion_results import in_words
from dialogi.consultations.rules import ANSWER_POINTS, CHECK_OPINIONS, PREPARE, RECORD_FOR_OTHER
from dialogi.consultations.views.notices import say

ALONG = ("consultation__subject", "consultation__unit")
OF_STATEMENT = ("phase__consultation__subject", "phase__consultation__unit", "author", "rule")


def _form(request: DialogiRequest, phase: Phase, form: Any, title: str, **context: Any) -> HttpResponse:
    status = 422 if form.errors else 200
    return page(request, "consultations/desk_form.html", consultation=phase.consultation, form=form, title=title, status=status, **context)


def _back(request: DialogiRequest, phase: Phase, words: str) -> HttpResponse:
    say(request, words)
    return redirect("consultations:overview", key=phase.consultation.subject.code)


@require_http_methods(["GET", "POST"])
@needs(PREPARE, Phase, field="pk", along=ALONG)
def new_statement(request: DialogiRequest, phase: Phase) -> HttpResponse:
    """Write a statement to vote on."""
    form = StatementForm(request.POST or None)
    if form.is_valid() and form.run(actions.add_statement, phase, texts=form.by_language("text"), by=request.actor):
        return _back(request, phase, pgettext("opinion map", "The statement is added."))
    return _form(request, phase, form, pgettext("opinion map", "New statement"))


@require_http_methods(["GET", "POST"])
@needs(PREPARE, OpinionStatement, field="pk", along=OF_STATEMENT)
def edit_statement(request: DialogiRequest, statement: OpinionStatement) -> HttpResponse:
    """Mend the words of a statement; a proposal that waits or was refused has a page of its own."""
    if statement.said_in and statement.state != StatementState.OPEN:
        return redirect("consultations:check_statement", key=statement.pk)
    form = StatementForm(request.POST or None, statement=statement)
    if form.is_valid() and form.run(actions.word_statement, statement, texts=form.by_language("text"), by=request.actor):
        return _back(request, statement.phase, pgettext("opinion map", "The statement is changed."))
    return _form(request, statement.phase, form, pgettext("opinion map", "Statement %(number)s") % {"number": statement.number})


@require_POST
@needs(PREPARE, OpinionStatement, field="pk", along=OF_STATEMENT)
def remove_statement(request: DialogiRequest, statement: OpinionStatement) -> HttpResponse:
    """Take a statement away that nobody has voted on."""
    actions.remove_statement(statement, by=request.actor)
    return _back(request, statement.phase, pgettext("opinion map", "The statement is gone."))


@require_http_methods(["GET", "POST"])
@needs(PREPARE, OpinionStatement, field="pk", along=OF_STATEMENT)
def check_statement(request: DialogiRequest, statement: OpinionStatement) -> HttpResponse:
    """Look at a statement, and take a proposal in when it stands in both languages."""
    form = TakeInForm(request.POST or None, statement=statement)
    if form.is_valid() and form.run(actions.take_in, statement, texts=form.by_language("text"), by=request.actor):
        return _back(request, statement.phase, _("Everybody can vote on the statement now."))
    return _check_page(request, statement, form, RefuseStatementForm())


@require_POST
@needs(CHECK_OPINIONS, OpinionStatement, field="pk", along=OF_STATEMENT)
def refuse_statement(request: DialogiRequest, statement: OpinionStatement) -> HttpResponse:
    """Do not take a proposal in, or take a statement out, under a rule."""
    form = RefuseStatementForm(request.POST)
    if form.is_valid() and form.run(actions.refuse_statement, statement, by=request.actor, **form.cleaned_data):
        return _back(request, statement.phase, _("The statement is not voted on. The rule is counted in the open, and its author reads the reason."))
    return _check_page(request, statement, TakeInForm(statement=statement), form)


def _check_page(request: DialogiRequest, statement: OpinionStatement, form: TakeInForm, refusing: RefuseStatementForm) -> HttpResponse:
    context: dict[str, Any] = {"statement": statement, "phase": statement.phase, "consultation": statement.phase.consultation}
    context["may_refuse"] = may(request.actor, CHECK_OPINIONS, statement)
    status = 422 if form.errors or refusing.errors else 200
    return page(request, "consultations/opinion_check.html", form=form, refusing=refusing, status=status, **context)


@never_cache
@require_http_methods(["GET", "POST"])
@needs(RECORD_FOR_OTHER, Phase, field="pk", along=ALONG)
def record_votes(request: DialogiRequest, phase: Phase) -> HttpResponse:
    """Type in somebody's votes: at the counter, by phone, from a paper."""
    form = RecordVotesForm(phase, reads.statements_to_record(phase), request.POST or None)
    if form.is_valid():
        how = {"channel": form.cleaned_data["channel"], "arrived_at": form.cleaned_data["arrived_at"]}
        if form.run(actions.record_votes, phase, votes=form.votes(), told=form.told(), voter=form.voter(), by=request.actor, **how):
            say(request, _("The votes are recorded."))
            return redirect("consultations:record_votes", key=phase.pk)
    context: dict[str, Any] = {"form": form, "phase": phase, "consultation": phase.consultation}
    return page(request, "consultations/opinion_record.html", status=422 if form.errors else 200, **context)


@require_POST
@needs(ANSWER_POINTS, OpinionStatement, field="pk", along=OF_STATEMENT)
def point_of_statement(request: DialogiRequest, statement: OpinionStatement) -> HttpResponse:
    """Make a point of what the votes on a statement show, to be answered like any other."""
    made = actions.make_point_of_statement(statement, summary=in_words(statement), by=request.actor)
    return redirect("consultations:point", key=made.pk)
