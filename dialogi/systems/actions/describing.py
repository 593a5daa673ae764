"""Descriptions: made from the register, written on, approved, frozen, published in both languages at once, withdrawn."""

from collections.abc import Mapping
from typing import cast

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _

from dialogi.commons import clock
from dialogi.commons.actors import Actor
from dialogi.commons.door import change, new_subject, record, save_clean, set_state
from dialogi.commons.languages import LANGUAGES
from dialogi.commons.permissions import NotPossible, require
from dialogi.decisions.models import Decision, DecisionState
from dialogi.people.models import Holding, Post
from dialogi.systems.describing.documents import build
from dialogi.systems.describing.fields import FREE, Sees
from dialogi.systems.describing.parity import what_lacks_a_language
from dialogi.systems.describing.words import InEach
from dialogi.systems.kinds import Happened
from dialogi.systems.models import DESCRIPTION_FLOW, OF_ONE_SYSTEM, Description, DescriptionKind, DescriptionState, DescriptionVersion, System
from dialogi.systems.rules import DESCRIBE
from dialogi.systems.writing import in_all, write


def begin_description(kind: str, *, system: System | None = None, by: Actor) -> Description:
    """Return the description of this kind, of one system or of the whole municipality; it begins with a draft made from the register."""
    if (kind in OF_ONE_SYSTEM) != (system is not None):
        raise NotPossible(_("A card is of one system, every other description of them all."))
    with transaction.atomic():
        known = Description.objects.filter(kind=kind, system=system).select_related("subject").first()
        if known is not None:
            return cast(Description, known)
        description = Description(kind=kind, system=system)
        require(by, DESCRIBE, description)
        address = f"/systems/{system.subject.code}/{kind}/" if system else f"/descriptions/{kind}/"
        description.subject = new_subject("systems.description", address=address)
        save_clean(description)
        record(Happened.DRAFTED, on=description, by=by)
        draft_version(description, by=by)
    return description


def draft_version(description: Description, *, by: Actor) -> DescriptionVersion:
    """Make a draft from the register as it is now; one that is open already is made anew and keeps what people wrote."""
    with change(description) as description:
        require(by, DESCRIBE, description)
        last = description.versions.order_by("-number").first()
        if last is not None and last.state == DescriptionState.APPROVED:
            raise NotPossible(_("Version %(number)s is approved and waits to be published.") % {"number": last.number})
        draft = last if last is not None and last.state == DescriptionState.DRAFT else _next(description, last)
        draft.snapshot = {sees.name.lower(): build(description.kind, sees=sees, system=description.system) for sees in (Sees.PUBLIC, Sees.STAFF)}
        draft.made_at = clock.now()
        save_clean(draft)
        record(Happened.DRAFTED, on=description, by=by)
    return draft


def _next(description: Description, last: DescriptionVersion | None) -> DescriptionVersion:
    kept = {"free": last.free, **{f"preface_{language}": getattr(last, f"preface_{language}") for language in LANGUAGES}} if last else {}
    return DescriptionVersion(description=description, number=last.number + 1 if last else 1, **kept)


def write_description(
    description: Description, *, preface: Mapping[str, str], free: Mapping[str, InEach], by: Actor, expecting: int | None = None
) -> DescriptionVersion:
    """Write what no register holds into the draft: {"sv": ...} and {field: {"sv": ...}}; what comes from the register is mended there."""
    with change(description, expecting=expecting) as description:
        require(by, DESCRIBE, description)
        draft = _version_in(description, DescriptionState.DRAFT)
        if unknown := set(free) - {field.key for field in FREE[DescriptionKind(description.kind)]}:
            raise TypeError(f"no such fields: {', '.join(sorted(unknown))}")
        changed = write(draft, {f"preface_{language}": words.strip() for language, words in preface.items()}, known=in_all("preface"))
        draft.free = {key: {language: text.strip() for language, text in words.items()} for key, words in free.items() if any(words.values())}
        save_clean(draft)
        record(Happened.WRITTEN, on=description, by=by, data={"fields": [*changed, *sorted(draft.free)]})
    return draft


def approve_description(
    description: Description, *, post: Post | None = None, decision: Decision | None = None, by: Actor, expecting: int | None = None
) -> DescriptionVersion:
    """Approve the draft as it was seen, as a post that one holds or by the decision of a body; from now on it never changes."""
    with change(description, expecting=expecting) as description:
        require(by, DESCRIBE, description)
        version = _version_in(description, DescriptionState.DRAFT)
        DESCRIPTION_FLOW.require(version.state, DescriptionState.APPROVED)
        if decision is not None and decision.state != DecisionState.PUBLISHED:
            raise ValidationError({"decision": _("Choose a decision that has been made public.")})
        if post is None and decision is None:
            raise ValidationError({"post": _("Say as which post you approve it, or by which decision it was approved.")})
        if post is not None and not by.is_machine and not Holding.objects.current().filter(post=post, person=by.person_id).exists():
            raise ValidationError({"post": _("You approve only as a post that you hold.")})
        set_state(version, DescriptionState.APPROVED, approved_by=post, decision=decision, approved_at=clock.now())
        record(Happened.APPROVED, on=description, by=by, data={"number": version.number})
    return version


def publish_description(description: Description, *, by: Actor, expecting: int | None = None) -> DescriptionVersion:
    """Publish the approved version, in Swedish and Finnish together or not at all; the one before stays to be read and compared."""
    with change(description, expecting=expecting) as description:
        require(by, DESCRIBE, description)
        version = _version_in(description, DescriptionState.APPROVED)
        DESCRIPTION_FLOW.require(version.state, DescriptionState.PUBLISHED)
        if description.system is not None and not description.system.is_public:
            raise NotPossible(_("Everybody may not read the system’s card yet. Show the system to everybody first."))
        if lacking := what_lacks_a_language(version):
            raise NotPossible(" ".join([_("It is published in Swedish and Finnish together, or not at all. These lack one of them:"), "; ".join(lacking)]))
        for old in description.versions.filter(state=DescriptionState.PUBLISHED):
            set_state(old, DescriptionState.SUPERSEDED)
        set_state(version, DescriptionState.PUBLISHED, published_at=clock.now())
        record(Happened.PUBLISHED, on=description, by=by, data={"number": version.number})
    return version


def reopen_description(description: Description, *, by: Actor) -> DescriptionVersion:
    """Set an approved version aside, because something in it must be mended before it is published, and make the next draft."""
    with change(description) as description:
        require(by, DESCRIBE, description)
        version = _version_in(description, DescriptionState.APPROVED)
        set_state(version, DescriptionState.SUPERSEDED)
        return draft_version(description, by=by)


def withdraw_description(description: Description, *, reason: str, by: Actor) -> None:
    """Take the published version from public view, and all before it, with the reason: what must go is not left to be read under an older number."""
    with change(description) as description:
        require(by, DESCRIBE, description)
        if not reason.strip():
            raise ValidationError({"reason": _("Say why.")})
        set_state(_version_in(description, DescriptionState.PUBLISHED), DescriptionState.SUPERSEDED)
        description.versions.update(published_at=None)
        record(Happened.WITHDRAWN, on=description, by=by, note={"told": {"reason": reason.strip()}})


def _version_in(description: Description, state: DescriptionState) -> DescriptionVersion:
    found: models.QuerySet[DescriptionVersion] = description.versions.select_for_update(of=("self",)).filter(state=state).order_by("-number")
    version = found.first()
    if version is None:
        raise NotPossible(_("There is no such version any more. Read the page again."))
    version.description = description
    return version
