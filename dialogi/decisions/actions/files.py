"""Files of a matter or a decision. A file of what is secret, and one marked so, is read by the unit and the registrar alone."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from dialogi.commons.actors import Actor
from dialogi.commons.attachments import Upload, attach, remove
from dialogi.commons.door import change, record
from dialogi.commons.models import Attachment, Audience
from dialogi.commons.models.attachments import Role
from dialogi.commons.permissions import NotPossible, require
from dialogi.decisions.kinds import Happened
from dialogi.decisions.models import Decision, Matter
from dialogi.decisions.rules import KEEP_MATTERS, RECORD


def add_files(
    noun: Matter | Decision, *, uploads: Iterable[Upload], description: str = "", language: str = "", is_public: bool = True, by: Actor
) -> list[Attachment]:
    """Keep files with a matter or a decision."""
    with change(noun) as noun:
        _ask(noun, by=by)
        audience = "" if is_public and noun.is_public else Audience.UNIT
        about = {"description": description, "language": language, "audience": audience}
        kept = [attach(upload, owner=noun.subject, by=by, role=Role.DOCUMENT, **about) for upload in uploads]
        if kept:
            record(Happened.MATTER_FILE_ADDED if isinstance(noun, Matter) else Happened.FILE_ADDED, on=noun, by=by, data={"files": len(kept)})
    return kept


def show_file_to(noun: Matter | Decision, *, file: Attachment, everybody: bool, by: Actor) -> Attachment:
    """Let everybody read a file, or the unit and the registrar alone."""
    with change(noun) as noun:
        _ask(noun, by=by)
        _own(noun, file)
        if everybody and not noun.is_public:
            raise NotPossible(_("What the file belongs to is secret. First make that public."))
        file.audience = "" if everybody else Audience.UNIT
        file.save(update_fields=["audience"])
        record(Happened.MATTER_FILE_CHANGED if isinstance(noun, Matter) else Happened.FILE_CHANGED, on=noun, by=by)
    return file


def remove_file(noun: Matter | Decision, *, file: Attachment, reason: str, by: Actor) -> None:
    """Remove a file; why it is gone stays."""
    with change(noun) as noun:
        _ask(noun, by=by)
        _own(noun, file)
        if not reason.strip():
            raise ValidationError({"reason": _("Say why the file is removed. Everybody can read it.")})
        remove(file)
        told = {"told": {"reason": reason.strip()}}
        record(Happened.MATTER_FILE_REMOVED if isinstance(noun, Matter) else Happened.FILE_REMOVED, on=noun, by=by, note=told)


def _ask(noun: Matter | Decision, *, by: Actor) -> None:
    require(by, KEEP_MATTERS if isinstance(noun, Matter) else RECORD, noun)


def _own(noun: Matter | Decision, file: Attachment) -> None:
    if file.subject_id != noun.subject_id:
        raise NotPossible(_("This file belongs to something else."))
