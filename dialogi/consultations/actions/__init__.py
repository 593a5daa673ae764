"""Verbs of the room."""

from dialogi.consultations.actions.annexes import add_annex, edit_annex, remove_annex
from dialogi.consultations.actions.beginning import begin_from_blueprint, copy_consultation
from dialogi.consultations.actions.commenting import Commented, comment, decide_late, record_comment
from dialogi.consultations.actions.keeping_time import mark_overdue, nag, remind, tell_of_phase, tell_of_times
from dialogi.consultations.actions.preparing import (
    add_phase,
    cancel,
    change_phase,
    create_consultation,
    edit_consultation,
    publish,
    remove_phase,
)
from dialogi.consultations.actions.publishing import extend, make_preview, mark_decided, state_result, take_back_preview, tie_to

__all__ = [
    "Commented",
    "add_annex",
    "add_phase",
    "begin_from_blueprint",
    "cancel",
    "change_phase",
    "comment",
    "copy_consultation",
    "create_consultation",
    "decide_late",
    "edit_annex",
    "edit_consultation",
    "extend",
    "make_preview",
    "mark_decided",
    "mark_overdue",
    "nag",
    "publish",
    "record_comment",
    "remind",
    "remove_annex",
    "remove_phase",
    "state_result",
    "take_back_preview",
    "tell_of_phase",
    "tell_of_times",
    "tie_to",
]
