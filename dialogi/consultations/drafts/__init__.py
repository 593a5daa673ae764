"""Drafts to comment: a document becomes numbered blocks, two versions are compared, two languages are held side by side. Nothing here is stored.

`read_draft` takes DOCX, ODT and Markdown. `compare` shows what became of each paragraph, `carry` where its comments belong now, `handed_on` gives a
new version the anchors of the old one. `align` says whether numbers mean the same in both languages.
"""

from dialogi.consultations.drafts.aligning import Alignment, Difference, DifferenceKind, align
from dialogi.consultations.drafts.anchors import anchored
from dialogi.consultations.drafts.blocks import Block, Draft
from dialogi.consultations.drafts.comparing import Carried, Change, How, Pairing, carry, carry_languages, compare, compare_languages, handed_on, paired
from dialogi.consultations.drafts.inline import tidied
from dialogi.consultations.drafts.numbering import numbered, renumbered
from dialogi.consultations.drafts.reading import ENDINGS, read_draft
from dialogi.consultations.drafts.refusals import Flaw, UnreadableDraft
from dialogi.consultations.drafts.remarks import Remark, RemarkKind
from dialogi.consultations.drafts.wording import Mark, Piece, pieces

__all__ = [
    "ENDINGS",
    "Alignment",
    "Block",
    "Carried",
    "Change",
    "Difference",
    "DifferenceKind",
    "Draft",
    "Flaw",
    "How",
    "Mark",
    "Pairing",
    "Piece",
    "Remark",
    "RemarkKind",
    "UnreadableDraft",
    "align",
    "anchored",
    "carry",
    "carry_languages",
    "compare",
    "compare_languages",
    "handed_on",
    "numbered",
    "paired",
    "pieces",
    "read_draft",
    "renumbered",
    "tidied",
]
