"""Verbs of the room: matters, their ties, decisions, files. The only place that writes."""

from dialogi.decisions.actions.decisions import (
    correct_decision,
    decide_on,
    decide_on_no_more,
    discard_decision,
    draft_decision,
    edit_draft,
    publish_decision,
    reword_decision,
)
from dialogi.decisions.actions.files import add_files, remove_file, show_file_to
from dialogi.decisions.actions.matters import edit_matter, move_matter, open_matter, reword_matter
from dialogi.decisions.actions.tying import tie_to_matter, untie_from_matter

__all__ = [
    "add_files",
    "correct_decision",
    "decide_on",
    "decide_on_no_more",
    "discard_decision",
    "draft_decision",
    "edit_draft",
    "edit_matter",
    "move_matter",
    "open_matter",
    "publish_decision",
    "remove_file",
    "reword_decision",
    "reword_matter",
    "show_file_to",
    "tie_to_matter",
    "untie_from_matter",
]
