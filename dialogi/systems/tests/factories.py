"""Systems for tests, made through the room's own actions; each call makes another one."""

from itertools import count
from typing import Any

from dialogi.systems import actions
from dialogi.systems.models import Function, HarmonisationCase, Integration, System, SystemUse
from dialogi.testing import SETUP, Town

NUMBERS = count(1)


def system(name: str = "", **fields: Any) -> System:
    """Make a system; without a unit nobody uses it yet."""
    name = name or f"System {next(NUMBERS)}"
    return actions.create_system(by=SETUP, **{"name_sv": name, "name_fi": name, "name_en": name} | fields)


def function(code: str = "", **fields: Any) -> Function:
    """Make a function of the classification."""
    code = code or str(9000 + next(NUMBERS))
    return actions.create_function(
        by=SETUP, **{"code": code, "name_sv": f"Uppgift {code}", "name_fi": f"Tehtävä {code}", "name_en": f"Function {code}"} | fields
    )


def use(of: System, town: Town, **fields: Any) -> SystemUse:
    """Let a unit (parks) use a system."""
    return actions.add_use(of, by=SETUP, **{"unit": town.parks} | fields)


def integration(source: System, target: System | None = None, **fields: Any) -> Integration:
    """Let data go from one system to another, or to somebody else's."""
    return actions.add_integration(source, by=SETUP, target=target, **{"other_end": "" if target else "Kanta"} | fields)


def public_case(town: Town) -> HarmonisationCase:
    """Open a harmonisation case that everybody may read, about a system that is public and one that is not."""
    words = {"title_sv": "Kartor och arkiv", "title_fi": "Kartat ja arkisto", "title_en": "Maps and archive"}
    question = {"summary_sv": "Ett eller två?", "summary_fi": "Yksi vai kaksi?", "summary_en": "One or two?"}
    made = actions.open_case(by=SETUP, systems=[town.map_system, town.archive_system], **words, **question)
    return actions.show_case_to_everybody(made, by=SETUP)
