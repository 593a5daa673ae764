"""The cellar's nouns: mechanisms only."""

from dialogi.commons.models.accounts import Account
from dialogi.commons.models.attachments import Attachment, HeldUpload
from dialogi.commons.models.duties import Duty
from dialogi.commons.models.jobs import ScheduledJob, WorkerBeat
from dialogi.commons.models.ledger import LedgerEntry, LedgerNote, Seal
from dialogi.commons.models.messages import Delivery, Follow, OutboxMessage
from dialogi.commons.models.search import GramWeights, SearchEntry, Synonym
from dialogi.commons.models.subjects import Audience, Link, Noun, Subject
from dialogi.commons.models.watching import BackupTaken, Trouble
from dialogi.commons.models.wordings import Wording

__all__ = [
    "Account",
    "Attachment",
    "Audience",
    "BackupTaken",
    "Delivery",
    "Duty",
    "Follow",
    "GramWeights",
    "HeldUpload",
    "LedgerEntry",
    "LedgerNote",
    "Link",
    "Noun",
    "OutboxMessage",
    "ScheduledJob",
    "Seal",
    "SearchEntry",
    "Subject",
    "Synonym",
    "Trouble",
    "Wording",
    "WorkerBeat",
]
