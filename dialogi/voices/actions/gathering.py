"""Gathering voices in themes, and support."""

from collections.abc import Iterable, Mapping

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from dialogi.commons import clock
from dialogi.commons.actors import Actor
from dialogi.commons.door import change, new_subject, record, save_clean
from dialogi.commons.models import Subject
from dialogi.commons.permissions import NotPossible, require
from dialogi.commons.thread import tie, untie
from dialogi.people.models import Unit
from dialogi.voices.kinds import Happened
from dialogi.voices.models import Support, Theme, Voice
from dialogi.voices.rules import GATHER, KEEP_THEME, NOTE, REWORD_THEME, SUPPORT


def open_theme(*, titles: dict[str, str], summaries: dict[str, str] | None = None, unit: Unit, is_need: bool = False, by: Actor) -> Theme:
    """Open a theme with a title in Swedish and Finnish. Keys of the dicts are languages."""
    with transaction.atomic():
        require(by, GATHER)
        words = {f"title_{language}": text for language, text in titles.items()}
        words |= {f"summary_{language}": text for language, text in (summaries or {}).items()}
        theme = save_clean(Theme(subject=new_subject("voices.theme", address="/themes/{code}/"), unit=unit, is_need=is_need, **words))
        record(Happened.THEME_OPENED, on=theme, by=by)
    return theme


def edit_theme(theme: Theme, *, titles: dict[str, str], summaries: dict[str, str], is_need: bool, by: Actor, expecting: int | None = None) -> Theme:
    """Change a theme's title, summary and whether it is a need."""
    with change(theme, expecting=expecting) as theme:
        require(by, KEEP_THEME, theme)
        for language, text in titles.items():
            setattr(theme, f"title_{language}", text)
        for language, text in summaries.items():
            setattr(theme, f"summary_{language}", text)
        theme.is_need = is_need
        save_clean(theme)
        record(Happened.THEME_EDITED, on=theme, by=by)
    return theme


def reword_theme(theme: Theme, *, texts: Mapping[str, Mapping[str, str]], by: Actor, expecting: int | None = None) -> None:
    """Write the title or summary of a theme in some languages: {"title": {"fi": ...}}."""
    if unknown := sorted(set(texts) - {"title", "summary"}):
        raise TypeError(f"no such texts: {', '.join(unknown)}")
    with change(theme, expecting=expecting) as theme:
        require(by, REWORD_THEME, theme)
        for name, languages in texts.items():
            for language, text in languages.items():
                setattr(theme, f"{name}_{language}", text)
        save_clean(theme)
        record(Happened.THEME_EDITED, on=theme, by=by)


def gather(voices: Iterable[Voice], *, theme: Theme, by: Actor) -> int:
    """Put voices in a theme; returns how many were not in it before. Nothing of the voice itself changes."""
    count = 0
    for voice in voices:
        with change(voice) as gathered:
            require(by, NOTE, gathered)
            if gathered.theme_id == theme.pk:
                continue
            if gathered.theme is not None:
                untie(gathered.subject, gathered.theme.subject, kind="gathered_in", by=by)
            gathered.theme = theme
            gathered.save(update_fields=["theme"])
            tie(gathered.subject, theme.subject, kind="gathered_in", by=by)
            record(Happened.GATHERED, on=gathered, by=by, data={"theme_id": theme.subject_id})
            count += 1
    return count


def take_out(voice: Voice, *, by: Actor) -> Voice:
    """Take a voice out of its theme."""
    with change(voice) as voice:
        require(by, NOTE, voice)
        if voice.theme is None:
            raise NotPossible(_("It is in no theme."))
        untie(voice.subject, voice.theme.subject, kind="gathered_in", by=by)
        voice.theme = None
        voice.save(update_fields=["theme"])
        record(Happened.UNGATHERED, on=voice, by=by)
    return voice


def support(voice: Voice, *, by: Actor, browser_key: str = "") -> bool:
    """Say "me too", once for each account, or for each browser (a keyed hash) without one. Returns False when it was said before."""
    with change(voice) as voice:
        require(by, SUPPORT, voice)
        key = "" if by.account_id else browser_key
        if not by.account_id and not key:
            raise NotPossible(_("Your browser does not keep the cookie that counts a support once. Allow it, or sign in."))
        try:
            with transaction.atomic():
                Support.objects.create(voice=voice, account_id=by.account_id, browser_key=key)
        except IntegrityError:
            return False
        Subject.objects.filter(pk=voice.subject_id).update(support_count=F("support_count") + 1)
        record(Happened.SUPPORTED, on=voice, by=by)
    return True


def end_support(voice: Voice, *, by: Actor, browser_key: str = "") -> bool:
    """Take one's support back. Returns False when there was none."""
    with change(voice) as voice:
        require(by, SUPPORT, voice)
        mine = (
            Support.objects.filter(voice=voice, account_id=by.account_id)
            if by.account_id
            else Support.objects.filter(voice=voice, browser_key=browser_key or "-")
        )
        if not mine.delete()[0]:
            return False
        Subject.objects.filter(pk=voice.subject_id, support_count__gt=0).update(support_count=F("support_count") - 1)
        record(Happened.SUPPORT_ENDED, on=voice, by=by)
    return True


def support_many(voice: Voice, *, browser_keys: Iterable[str], by: Actor) -> int:
    """Count supports that were gathered elsewhere, such as on a list at a meeting: one entry for all. Returns how many were new."""
    with change(voice) as voice:
        require(by, SUPPORT, voice)
        before = Support.objects.filter(voice=voice).count()
        rows = [Support(voice=voice, browser_key=key, given_at=clock.now()) for key in dict.fromkeys(browser_keys)]
        Support.objects.bulk_create(rows, ignore_conflicts=True)
        total = Support.objects.filter(voice=voice).count()
        Subject.objects.filter(pk=voice.subject_id).update(support_count=total)
        record(Happened.SUPPORTED, on=voice, by=by, data={"count": total - before})
    return total - before
