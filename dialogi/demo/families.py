"""Voices composed from families: a core said in many ways, dressed with what people add around it."""

import re
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from itertools import accumulate
from random import Random
from typing import Any

from dialogi.demo import days, outcome
from dialogi.demo.outcome import pick
from dialogi.demo.speech import as_written
from dialogi.demo.story import ENDS, Draft
from dialogi.demo.structure import AreaContent, read, structure

SLOT = re.compile(r"\{(\w+)\}")
ITEM = re.compile(r"(?:([\w+-]*)(?:@([\w-]+))?\|)?(.*)", re.DOTALL)
ANGRY_KINDS = frozenset({"fault", "feedback", "need"})
WEEKDAY_FI = {"keskiviikko": "keskiviiko"}


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that may be said, the tag of the answers that fit, and the service it is about."""

    tag: str
    service: str
    text: str


@dataclass(frozen=True, slots=True)
class Family:
    """A family, parsed once."""

    language: str
    row: dict[str, Any]
    core: tuple[Item, ...]
    extra: tuple[Item, ...]
    ask: tuple[Item, ...]
    slots: dict[str, tuple[Item, ...]]
    areas: tuple[str, ...]
    area_weights: tuple[float, ...]

    def get(self, name: str, default: Any = None) -> Any:
        """A field of the content file."""
        return self.row.get(name, default)


@dataclass(slots=True)
class Setting:
    """Where a voice speaks from, and what it turned out to be about."""

    area: AreaContent
    place: dict[str, str]
    tag: str = ""
    service: str = ""
    is_placed: bool = False


def _items(texts: list[str]) -> tuple[Item, ...]:
    found = [ITEM.fullmatch(text) for text in texts]
    return tuple(Item(match[1] or "", match[2] or "", match[3]) for match in found if match)


def _family(language: str, row: dict[str, Any]) -> Family:
    areas = structure().areas
    keys = tuple(key for key in row.get("areas", areas) if key not in row.get("not_areas", ()))
    if row.get("place_only"):
        keys = tuple(key for key in keys if row["place_only"] in areas[key].landmarks)
    weights = [areas[key].weight * (areas[key].finnish if language == "fi" else 1 - areas[key].finnish) for key in keys]
    slots = {name: _items(texts) for name, texts in row.get("slots", {}).items()}
    return Family(language, row, _items(row["core"]), _items(row["extra"]), _items(row["ask"]), slots, keys, tuple(accumulate(weights)))


@cache
def families(language: str) -> tuple[tuple[Family, ...], tuple[int, ...]]:
    """The families of a language with their running weights."""
    rows = read(f"families/{language}")["family"]
    return tuple(_family(language, row) for row in rows), tuple(accumulate(row["weight"] for row in rows))


def compose(language: str, rng: Random) -> list[Draft]:
    """One voice, or several about the same incident."""
    found, weights = families(language)
    family = rng.choices(found, cum_weights=weights)[0]
    area = structure().areas[rng.choices(family.areas, cum_weights=family.area_weights)[0]]
    setting = Setting(area, some_place(area, language, rng))
    lead = _voice(family, setting, rng, lead=None)
    if not family.get("incident") or lead.theme or rng.random() > 0.06:
        return [lead]
    others = range(1 + int(rng.random() * 4))
    return [lead, *(_voice(family, Setting(area, setting.place, setting.tag, setting.service), rng, lead=lead) for _ in others)]


def some_place(area: AreaContent, language: str, rng: Random) -> dict[str, str]:
    """A street or a landmark in the words that sentences need."""
    street = structure().streets[int(rng.random() * len(structure().streets))]
    landmark = structure().landmarks[pick(rng, area.landmarks)]
    has_street, has_village = rng.random() < 0.56, rng.random() < 0.7
    number = 1 + int(rng.random() * 60)
    village = f" {area.in_.in_(language)}" if has_village else ""
    on_street = {"sv": f"på {street.sv}", "fi": street.fi + ("llä" if street.fi.endswith("tie") else "lla"), "en": f"on {street.sv}"}
    at = (on_street[language] if has_street else landmark.in_(language)) + village
    return {"at": at, "street": street.in_(language), "words": f"{street.in_(language)} {number}" if has_street else landmark.in_(language)}


class Speaker:
    """Fills the slots of one voice."""

    def __init__(self, family: Family, setting: Setting, rng: Random) -> None:
        self.family, self.setting, self.rng = family, setting, rng
        self.words = outcome.phrases(family.language)

    def say(self, text: str) -> str:
        """The text with every slot filled."""
        return SLOT.sub(lambda match: self._slot(match[1]), text) if "{" in text else text

    def item(self, items: tuple[Item, ...]) -> str:
        """One of the items that fits what the voice is about so far; what it says decides the rest."""
        service = self.setting.service
        fitting = [item for item in items if not service or item.service in {"", service}] or items
        chosen = fitting[int(self.rng.random() * len(fitting))]
        self.setting.tag = chosen.tag or self.setting.tag
        self.setting.service = chosen.service or service
        return self.say(chosen.text)

    def add(self, items: tuple[Item, ...]) -> str:
        """Something more that suits what has been said; empty when nothing does."""
        fitting = [item for item in items if not item.tag or self.setting.tag in item.tag.split("+")]
        return self.say(fitting[int(self.rng.random() * len(fitting))].text) if fitting else ""

    def _slot(self, name: str) -> str:
        if name in self.family.slots:
            return self.item(self.family.slots[name])
        if name in {"since", "when", "who", "weekday"}:
            return self.say(pick(self.rng, self.words[name]))
        if name in {"n", "n2", "nr"}:
            low, high = {"n": (2, 9), "n2": (10, 40), "nr": (1, 400)}[name]
            return str(low + int(self.rng.random() * (high - low + 1)))
        if name in {"weekday_from", "weekday_on"}:
            weekday = pick(self.rng, self.words["weekday"])
            return f"{WEEKDAY_FI.get(weekday, weekday)}sta" if name == "weekday_from" else f"{weekday}na"
        self.setting.is_placed = True
        return self._place(name)

    def _place(self, name: str) -> str:
        area, language = self.setting.area, self.family.language
        at, inside, village = self.setting.place["at"], area.in_.in_(language), area.name.in_(language)
        found = {
            "at": at,
            "At": at[0].upper() + at[1:],
            "in": inside,
            "In": inside[0].upper() + inside[1:],
            "village": village,
            "in_short": village,
            "street": self.setting.place["street"],
            "to": area.to_fi,
            "from": area.from_fi if language == "fi" else f"från {village}",
            "of": area.of_fi,
            "of_c": area.of_fi,
        }
        return found[name]


def _voice(family: Family, setting: Setting, rng: Random, *, lead: Draft | None) -> Draft:
    speaker = Speaker(family, setting, rng)
    kind, tag = family.row["kind"], setting.tag
    tone = family.get("tone") or _tone(kind, rng)
    cores = tuple(item for item in family.core if item.tag == tag) if lead else family.core
    text = _text(speaker, speaker.item(cores or family.core), tone)
    draft = Draft(
        text=as_written(text, language=family.language, tone=tone, rng=rng),
        language=family.language,
        kind=kind,
        given_at=outcome.MOMENT_UNKNOWN,
        service=setting.service or pick(rng, family.row["services"]),
        channel=outcome.some_channel(rng),
        misdirected=family.get("misdirected", ""),
        tone=tone,
        lead=lead,
    )
    draft.is_public = False if rng.random() < family.get("private", 0.0) else None
    if kind in {"feedback", "idea"} and not draft.misdirected:
        speaks = rng.random()
        draft.speaks_as = "staff" if speaks < 0.025 else "official" if speaks < 0.038 else "resident"
    if setting.is_placed or rng.random() < 0.25:
        _place(draft, family, setting, rng)
    _happen(draft, family, setting.tag, rng)
    return draft


def _tone(kind: str, rng: Random) -> str:
    draw = rng.random()
    if kind in ANGRY_KINDS and draw < 0.2:
        return "angry"
    return "kind" if draw > 0.84 else "plain"


def _text(speaker: Speaker, core: str, tone: str) -> str:
    rng, family, words = speaker.rng, speaker.family, speaker.words
    draw = rng.random()
    parts = [core]
    if draw >= 0.56:
        parts.append(speaker.add(family.extra))
    if draw >= 0.86:
        parts += [speaker.say(pick(rng, words["aside"])), speaker.add(family.extra)]
    if 0.24 <= draw < 0.56 or draw >= 0.7:
        parts.append(speaker.add(family.ask))
    body = " ".join(part for part in dict.fromkeys(parts) if part)
    if draw < 0.4 or 0.56 <= draw < 0.7:
        return body
    opening = pick(rng, words[f"open_{tone}"])
    closing = speaker.say(pick(rng, words[f"close_{tone}"])) if draw < 0.56 or rng.random() < 0.6 else ""
    is_letter = draw >= 0.86 or opening.endswith((",", ":"))
    gap = "\n\n" if is_letter else " "
    return gap.join(part for part in (opening, body, closing) if part)


def _place(draft: Draft, family: Family, setting: Setting, rng: Random) -> None:
    draft.area = setting.area.key
    if family.get("place") is False:
        return
    if rng.random() < 0.6:
        draft.place_words = f"{setting.place['words']}, {setting.area.name.in_(family.language)}"
    if rng.random() < (0.65 if draft.channel == "web" else 0.2):
        outcome.put_on_map(draft, rng, near=draft.lead)


def _happen(draft: Draft, family: Family, tag: str, rng: Random) -> None:
    """Lay the voice in time and answer it."""
    if draft.lead:
        day = min(draft.lead.given_at.date() + timedelta(days=int(rng.random() * 4)), ENDS)
        draft.given_at = max(days.at_some_hour(rng, day, draft.channel), draft.lead.given_at + timedelta(minutes=25))
        outcome.same_as_lead(draft, rng)
        return
    may_theme = family.get("theme") and (not family.get("theme_for") or tag in family.row["theme_for"])
    if may_theme and rng.random() < family.row["theme_share"]:
        draft.theme = family.row["theme"]
        outcome.date_in_theme(draft, rng)
        outcome.answer_in_theme(draft, rng)
        return
    months = tuple(family.get("months", ())) or days.season_of(draft.service, draft.kind)
    draft.given_at = days.at_some_hour(rng, days.some_day(rng, months=months), draft.channel)
    if tag in structure().rules:
        draft.rule = tag
        outcome.answer_refused(draft, rng)
    elif draft.kind == "thanks":
        outcome.answer_thanks(draft, rng)
    else:
        _answer(draft, family, tag, rng)


def _answer(draft: Draft, family: Family, tag: str, rng: Random) -> None:
    fitting = [reply for reply in family.row["replies"] if tag in reply.get("for", (tag,))]
    if not fitting:
        return
    reply = fitting[int(rng.random() * len(fitting))]
    draft.forwarded_to = reply.get("to", "")
    text = SLOT.sub(lambda match: structure().areas[draft.area].name.in_(draft.language) if draft.area else "", reply["text"])
    outcome.answer(draft, rng, text=text, state=reply["state"], between=(reply["days"][0], reply["days"][1]))
