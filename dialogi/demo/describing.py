"""Systems that the demo describes: their cards, the model in two versions, what residents said looked wrong, and what was found."""

from collections.abc import Callable
from datetime import date, datetime, time
from functools import cache
from typing import Any

from dialogi.commons import clock
from dialogi.commons.actors import ANONYMOUS
from dialogi.demo.story import HELSINKI
from dialogi.demo.structure import read
from dialogi.demo.town import MAKER, Town
from dialogi.systems import actions
from dialogi.systems.models import DataGroup, Description, InformationStore, System, Vendor

Row = dict[str, Any]
LANGUAGES = ("sv", "fi", "en")
REGISTERED, FIRST_VERSION, SECOND_VERSION = date(2026, 2, 9), date(2026, 3, 2), date(2026, 10, 19)
WRONG_RETENTION = {
    "sv": "Så länge kortet används och fem år därefter. Lånehistoriken sparas bara om du vill.",
    "fi": "Niin kauan kuin kortti on käytössä ja viisi vuotta sen jälkeen. Lainahistoria tallennetaan vain, jos haluat.",
    "en": "As long as the card is used and five years after that. The history of loans is kept only if you wish.",
}
STORE_TEXTS = ("content", "people", "legal_basis", "search_factors", "retention", "archiving", "recipients")


@cache
def outline() -> dict[str, list[Row]]:
    """The systems, the texts that people write into descriptions, and the corrections."""
    return read("described_systems")


def describe(town: Town, tell: Callable[[str], None]) -> None:
    """Put the systems into the register, describe them, let residents find a fault, describe anew; each at its own moment."""
    tell("The systems and their descriptions ...")
    systems: dict[str, System] = {}
    stores: dict[str, InformationStore] = {}
    with _at(REGISTERED):
        for row in outline()["system"]:
            systems[row["key"]], stores[row["key"]] = _system(row, town)
        _keep_one_inside(town)
        wrong: Row = {f"retention_{language}": words for language, words in WRONG_RETENTION.items()}
        actions.edit_store(stores["library"], by=MAKER, **wrong)
        actions.confirm_system(systems["library"], by=MAKER)
    with _at(FIRST_VERSION):
        for kind in ("model", "publicity"):
            _publish(_written(kind, None, town), town)
        for key in ("library", "dialogi"):
            _publish(_written("card", systems[key], town), town)
        _publish(_written("algorithm", systems["library-chat"], town), town)
    for row in outline()["correction"]:
        _correct(row, systems[row["system"]], stores[row["system"]])
    with _at(SECOND_VERSION):
        actions.confirm_system(systems["dialogi"], by=MAKER)
        model = Description.objects.get(kind="model")
        actions.draft_version(model, by=MAKER)
        _publish(model, town)


def _at(day: date, hour: int = 10) -> Any:
    return clock.at(datetime.combine(day, time(hour, 15), tzinfo=HELSINKI))


def _texts(row: Row, names: tuple[str, ...], *, prefix: str = "") -> Row:
    return {f"{name}_{language}": row.get(f"{prefix}{name}_{language}", "") for name in names for language in LANGUAGES}


def _system(row: Row, town: Town) -> tuple[System, InformationStore]:
    vendor = Vendor.objects.filter(name=row["vendor"]).first() or actions.create_vendor(by=MAKER, name=row["vendor"])
    plain = {name: row[name] for name in ("product", "hosting", "data_location", "personal_data", "uses_ai", "makes_automated_decisions")}
    carried = [town.services[key] for key in row["services"]]
    nouns: Row = {"unit": town.units[row["unit"]], "post": town.posts[row["post"]], "vendor": vendor, "services": carried}
    system = actions.create_system(by=MAKER, taken_into_use=row["since"], **nouns, **plain, **_texts(row, ("name", "purpose")))
    fields: Row = {**_texts(row, ("name",), prefix="store_"), **_texts(row, STORE_TEXTS), "personal_data": row["personal_data"]}
    fields |= {"openness": row["openness"], "is_case_register": row["is_case_register"], "unit": town.units[row["unit"]], "post": town.posts[row["post"]]}
    store = actions.create_store(by=MAKER, data_groups=[_group(*group) for group in row["group"]], **fields)
    actions.place_store(system, store=store, by=MAKER)
    return actions.show_to_everybody(system, by=MAKER), store


def _group(sv: str, fi: str, en: str, is_personal: bool) -> DataGroup:
    known = DataGroup.objects.filter(name_sv=sv, name_fi=fi).first()
    return known or actions.create_data_group(by=MAKER, name_sv=sv, name_fi=fi, name_en=en, is_personal=is_personal)


def _keep_one_inside(town: Town) -> None:
    """A system that nobody outside needs to know of, so that the public descriptions honestly say that there is one more."""
    actions.create_system(by=MAKER, name_sv="Passerkontrollen", name_fi="Kulunvalvonta", unit=town.units["premises"])


def _written(kind: str, system: System | None, town: Town) -> Description:
    description = actions.begin_description(kind, system=system, by=MAKER)
    for row in outline()["text"]:
        if row["kind"] == kind:
            preface = {language: row.get(f"preface_{language}", "") for language in LANGUAGES}
            actions.write_description(description, preface=preface, free=row["free"], by=MAKER)
    return description


def _publish(description: Description, town: Town) -> None:
    actions.approve_description(description, post=(description.system.post if description.system else None) or town.posts["it-manager"], by=MAKER)
    actions.publish_description(description, by=MAKER)


def _correct(row: Row, system: System, store: InformationStore) -> None:
    with _at(row["on"]):
        correction = actions.say_wrong(system, text=row["text"], language=row["language"], by=ANONYMOUS)
    with _at(row["decided"], 14):
        decide = actions.accept_correction if row["accepted"] else actions.refuse_correction
        decide(correction, reason={language: row.get(f"reason_{language}", "") for language in LANGUAGES}, by=MAKER)
        if row["accepted"]:
            source = next(each for each in outline()["system"] if each["key"] == row["system"])
            actions.edit_store(store, by=MAKER, **_texts(source, ("retention",)))
