"""Annexes: files beside the text, in both languages or with the reason why not yet."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from dialogi.commons.actors import Actor
from dialogi.commons.attachments import Upload, attach, remove
from dialogi.commons.door import change, record, save_clean
from dialogi.commons.languages import LANGUAGES
from dialogi.commons.permissions import NotPossible, require
from dialogi.consultations.models import Annex, Consultation, State
from dialogi.consultations.queries.timing import changed_kind
from dialogi.consultations.rules import PREPARE


def add_annex(consultation: Consultation, *, files: Mapping[str, Upload], by: Actor, **fields: Any) -> Annex:
    """Add a file in each language (`files` maps language to upload); one language alone needs summary, reason, name and day."""
    with change(consultation) as consultation:
        require(by, PREPARE, consultation)
        last = consultation.annexes.aggregate(last=Max("position"))["last"]
        annex = Annex(consultation=consultation, position=(last or 0) + 1, **fields)
        _attach(annex, files, consultation, by=by)
        save_clean(annex)
        record(changed_kind(consultation), on=consultation, by=by, data={"asked_parts_key": ["annexes"]})
    return annex


def edit_annex(annex: Annex, *, files: Mapping[str, Upload], by: Actor, **fields: Any) -> Annex:
    """Change an annex; a new file takes the place of the old one in its language."""
    with change(annex.consultation) as consultation:
        require(by, PREPARE, consultation)
        annex = Annex.objects.select_for_update().get(pk=annex.pk)
        for name, value in fields.items():
            setattr(annex, name, value)
        _attach(annex, files, consultation, by=by)
        save_clean(annex)
        record(changed_kind(consultation), on=consultation, by=by, data={"asked_parts_key": ["annexes"]})
    return annex


def remove_annex(annex: Annex, *, by: Actor) -> None:
    """Take an annex away while the consultation is a draft; afterwards it stays, as people have read it."""
    with change(annex.consultation) as consultation:
        require(by, PREPARE, consultation)
        if consultation.state != State.DRAFT:
            raise NotPossible(_("The consultation is published. People have read the annex, so it stays; you can put a newer file in its place."))
        files = [file for file in (annex.file_sv, annex.file_fi, annex.file_en) if file]
        annex.delete()
        for file in files:
            remove(file)
        record(changed_kind(consultation), on=consultation, by=by, data={"asked_parts_key": ["annexes"]})


def _attach(annex: Annex, files: Mapping[str, Upload], consultation: Consultation, *, by: Actor) -> None:
    for language in LANGUAGES:
        if language in files:
            setattr(annex, f"file_{language}", attach(files[language], owner=consultation.subject, by=by, language=language))
