"""Drafts to comment: a document becomes numbered blocks. Nothing here is stored. `read_draft` takes DOCX, ODT and Markdown."""

from dialogi.consultations.drafts.anchors import anchored
from dialogi.consultations.drafts.blocks import Block, Draft
from dialogi.consultations.drafts.inline import tidied
from dialogi.consultations.drafts.numbering import numbered, renumbered
from dialogi.consultations.drafts.reading import ENDINGS, read_draft
from dialogi.consultations.drafts.refusals import Flaw, UnreadableDraft
from dialogi.consultations.drafts.remarks import Remark, RemarkKind

__all__ = [
    "ENDINGS",
    "Block",
    "Draft",
    "Flaw",
    "Remark",
    "RemarkKind",
    "UnreadableDraft",
    "anchored",
    "numbered",
    "read_draft",
    "renumbered",
    "tidied",
]
