"""Verbs of the room."""

from dialogi.consultations.actions.annexes import add_annex, edit_annex, remove_annex
from dialogi.consultations.actions.answering import (
    Filled,
    Given,
    Responded,
    change_response,
    decide_late_response,
    record_response,
    respond,
    take_back_response,
)
from dialogi.consultations.actions.beginning import begin_from_blueprint, copy_consultation
from dialogi.consultations.actions.commenting import Commented, comment, decide_late, record_comment
from dialogi.consultations.actions.drafting import add_alternative, correct_paragraph, publish_version, write_version
from dialogi.consultations.actions.forgetting import forget_in_consultations
from dialogi.consultations.actions.keeping_time import mark_overdue, nag, remind, tell_of_phase, tell_of_times
from dialogi.consultations.actions.pointing import (
    answer_consultation,
    edit_point,
    gather_in_point,
    make_point,
    remove_point,
    take_out_of_point,
    tell_authors,
)
from dialogi.consultations.actions.preparing import (
    add_phase,
    cancel,
    change_phase,
    create_consultation,
    edit_consultation,
    publish,
    remove_phase,
)
from dialogi.consultations.actions.publishing import extend, make_preview, mark_decided, note_taking_out, state_result, take_back_preview
from dialogi.consultations.actions.questioning import (
    Wordings,
    add_question,
    change_question,
    make_codes,
    move_question,
    remove_question,
    void_codes,
)
from dialogi.consultations.actions.rewording import reword_consultation
from dialogi.consultations.actions.stating import (
    add_statement,
    make_point_of_statement,
    propose_statement,
    refuse_statement,
    remove_statement,
    take_in,
    word_statement,
)
from dialogi.consultations.actions.voting import Told, Voter, record_votes, tell_about_oneself, vote
from dialogi.consultations.drafts import read_draft

__all__ = [
    "Commented",
    "Filled",
    "Given",
    "Responded",
    "Told",
    "Voter",
    "Wordings",
    "add_alternative",
    "add_annex",
    "add_phase",
    "add_question",
    "add_statement",
    "answer_consultation",
    "begin_from_blueprint",
    "cancel",
    "change_phase",
    "change_question",
    "change_response",
    "comment",
    "copy_consultation",
    "correct_paragraph",
    "create_consultation",
    "decide_late",
    "decide_late_response",
    "edit_annex",
    "edit_consultation",
    "edit_point",
    "extend",
    "forget_in_consultations",
    "gather_in_point",
    "make_codes",
    "make_point",
    "make_point_of_statement",
    "make_preview",
    "mark_decided",
    "mark_overdue",
    "move_question",
    "nag",
    "note_taking_out",
    "propose_statement",
    "publish",
    "publish_version",
    "read_draft",
    "record_comment",
    "record_response",
    "record_votes",
    "refuse_statement",
    "remind",
    "remove_annex",
    "remove_phase",
    "remove_point",
    "remove_question",
    "remove_statement",
    "respond",
    "reword_consultation",
    "state_result",
    "take_back_preview",
    "take_back_response",
    "take_in",
    "take_out_of_point",
    "tell_about_oneself",
    "tell_authors",
    "tell_of_phase",
    "tell_of_times",
    "void_codes",
    "vote",
    "word_statement",
    "write_version",
]
