"""Everything that can be done with voices; the only place that writes."""

from dialogi.voices.actions.calling import say_called
from dialogi.voices.actions.forgetting import expire_contacts, expire_papers, expire_support_keys, forget_in_voices
from dialogi.voices.actions.gathering import edit_theme, end_support, gather, open_theme, reword_theme, support, support_many, take_out
from dialogi.voices.actions.giving import ContactDetails, Place, Receipt, Recorded, Said, capacities, change_statement, give_statement, give_voice, record_voice
from dialogi.voices.actions.handing_on import agree_to_hand_on
from dialogi.voices.actions.handling import add_translation, assign, reclassify, take_in_hand, write_note
from dialogi.voices.actions.importing import Brought, BroughtAnswer, import_voices
from dialogi.voices.actions.keeping import claim, erase_contact, forget_author, give_case_number, mark_check_overdue, mark_overdue, note_reading, remind
from dialogi.voices.actions.moderating import appeal, decide_appeal, publish, refuse, show_photo, withdraw
from dialogi.voices.actions.replying import Answer, mark_asked, reopen, reply, reply_to_theme, say_it_helped

__all__ = [
    "Answer",
    "Brought",
    "BroughtAnswer",
    "ContactDetails",
    "Place",
    "Receipt",
    "Recorded",
    "Said",
    "add_translation",
    "agree_to_hand_on",
    "appeal",
    "assign",
    "capacities",
    "change_statement",
    "claim",
    "decide_appeal",
    "edit_theme",
    "end_support",
    "erase_contact",
    "expire_contacts",
    "expire_papers",
    "expire_support_keys",
    "forget_author",
    "forget_in_voices",
    "gather",
    "give_case_number",
    "give_statement",
    "give_voice",
    "import_voices",
    "mark_asked",
    "mark_check_overdue",
    "mark_overdue",
    "note_reading",
    "open_theme",
    "publish",
    "reclassify",
    "record_voice",
    "refuse",
    "remind",
    "reopen",
    "reply",
    "reply_to_theme",
    "reword_theme",
    "say_called",
    "say_it_helped",
    "show_photo",
    "support",
    "support_many",
    "take_in_hand",
    "take_out",
    "withdraw",
    "write_note",
]
