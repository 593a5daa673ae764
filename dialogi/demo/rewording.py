"""What was changed in one language and not yet in the others during the last weeks, so that the translation queue has something to do."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db import transaction

from dialogi.commons import clock
from dialogi.commons.languages import LANGUAGES
from dialogi.commons.models import Noun
from dialogi.commons.wordings import mark_checked_all, promise
from dialogi.demo.story import HELSINKI
from dialogi.demo.structure import read
from dialogi.demo.telling import Telling
from dialogi.demo.town import MAKER, Town
from dialogi.services import actions as services
from dialogi.voices import actions as voices

Rewording = Callable[..., None]
VERBS: dict[str, Rewording] = {"service": services.reword_service, "point": services.reword_service_point, "theme": voices.reword_theme}


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened to a text: a service was added, a text changed, found still right, or promised."""

    on: date
    what: str
    row: Mapping[str, Any]


def events() -> list[Event]:
    """Return what happened to texts, in its order."""
    content = read("rewordings")
    found = [Event(row["on"], what, row) for what in ("new", "change", "check", "promise") for row in content[what]]
    return sorted(found, key=lambda event: event.on)


def reword_all(telling: Telling) -> None:
    """Add, change, check and promise texts on their days."""
    for event in events():
        with clock.at(datetime.combine(event.on, time(13, 20), tzinfo=HELSINKI)), transaction.atomic():
            _happen(event, telling)


def _happen(event: Event, telling: Telling) -> None:
    if event.what == "new":
        _add(event.row, telling.town)
        return
    noun, field = _noun(event.row, telling), event.row["field"]
    if noun is None:
        return
    if event.what == "change":
        texts = {language: event.row[language] for language in LANGUAGES if language in event.row}
        VERBS[event.row["of"]](noun, texts={field: texts}, by=MAKER)
    elif event.what == "check":
        mark_checked_all(noun.subject, checked=[(field, language) for language in event.row["languages"]], by=telling.role(event.row["by"]))
    else:
        promise(noun.subject, key=field, language=event.row["language"], until=event.row["until"], by=telling.role(event.row["by"]))


def _add(row: Mapping[str, Any], town: Town) -> None:
    texts = {name: row[name] for name in row if name.rpartition("_")[2] in LANGUAGES}
    town.services[row["key"]] = services.create_service(by=MAKER, slug=row["key"], unit=town.units[row["unit"]], **texts)


def _noun(row: Mapping[str, Any], telling: Telling) -> Noun | None:
    """The noun; none for a theme that a small demo does not tell."""
    nouns: Mapping[str, Mapping[str, Noun]] = {"service": telling.town.services, "point": telling.town.points, "theme": telling.themes}
    return nouns[row["of"]].get(row["key"])
