"""Verbs of the room."""

from dialogi.consultations.actions.commenting import Commented, comment, decide_late, record_comment
from dialogi.consultations.actions.preparing import (
    add_phase,
    cancel,
    change_phase,
    create_consultation,
    edit_consultation,
    publish,
    remove_phase,
)

__all__ = [
    "Commented",
    "add_phase",
    "cancel",
    "change_phase",
    "comment",
    "create_consultation",
    "decide_late",
    "edit_consultation",
    "publish",
    "record_comment",
    "remove_phase",
]
