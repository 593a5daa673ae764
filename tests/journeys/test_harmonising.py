"""Harmonisation in a browser: from what the method stands on, over a pair, to a case, by the ICT team."""

from __future__ import annotations

import os
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from dialogi.commons import clock
from dialogi.figures import actions as figures
from dialogi.systems import actions
from dialogi.systems.models import Candidate, HarmonisationCase, System
from dialogi.systems.tests import factories
from dialogi.testing import SETUP, Cast, Town, actor, client_for
from tests.journeys.browser import two_ways
from tests.journeys.conftest import Arrive, OpenPage, Says

pytestmark = pytest.mark.django_db(transaction=True)


def register(town: Town, cast: Cast) -> list[System]:
    """Three products for one function, with days, costs and marks."""
    made = []
    for number, (name, unit) in enumerate((("Tidur", town.roads), ("Stämpeln", town.library), ("Flexen", town.parks))):
        system = factories.system(name, product=name, unit=unit, function=town.road_keeping, end_of_support=clock.today() + timedelta(days=200 * (number + 1)))
        actions.confirm_function(system.uses.get(), by=actor(cast.ict_member))
        figures.record_amount(system, certainty="estimate", year=clock.today().year, euros=4000 * (number + 1), source_kind="estimate", source="IKT", by=SETUP)
        for person, mark in ((cast.ict_member, 3), (cast.head_of_unit, 1 + number)):
            for kind in ("functional_fit", "technical_fit"):
                actions.assess(system, kind=kind, score=mark, by=actor(person))
        made.append(system)
    factories.integration(made[0], made[1], kind="manual")
    factories.integration(made[1], made[2], kind="api")
    actions.look_for_candidates(by=SETUP)
    return made


def look(page: Page, name: str) -> None:
    """Keep a picture of the page where DIALOGI_PICTURES says, for whoever wants to look at it."""
    if folder := os.environ.get("DIALOGI_PICTURES"):
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)


@two_ways
def test_the_team_looks_at_a_pair_and_opens_a_case_and_every_page_can_be_used(
    open_page: OpenPage, cast: Cast, town: Town, says: Says, arrive: Arrive, language: str, width: int
) -> None:
    first, second, third = register(town, cast)
    desk = open_page(client=client_for(cast.ict_member))
    for path, heading in (
        ("", says("Harmonisation", context="desk")),
        ("matrix/", says("Functions and sectors")),
        ("candidates/", says("Candidates")),
        ("days/", says("Days ahead")),
        ("fit/", says("How well systems fit")),
        ("cases/", says("Cases and savings")),
        (f"integrations/{first.subject.code}/", says("Integrations")),
        (f"functions/{town.road_keeping.subject.code}/", str(getattr(town.road_keeping, f"name_{language}"))),
    ):
        desk.goto(f"/{language}/desk/harmonisation/{path}")
        arrive(desk, heading)
        look(desk, f"{language}-{width}-{path.split('/')[0] or 'overview'}")

    desk.goto(f"/{language}/desk/harmonisation/candidates/")
    desk.get_by_role("link", name="Tidur – Stämpeln").click()
    arrive(desk, "Tidur – Stämpeln")
    look(desk, f"{language}-{width}-pair")
    desk.get_by_role("button", name=says("Remember this")).click()
    arrive(desk)
    expect(desk.locator(".errors")).to_be_visible()
    desk.get_by_label(says("Why is this not an overlap, or why not now?")).fill("Biblioteket byter först nästa år.")
    desk.get_by_role("button", name=says("Remember this")).click()
    arrive(desk, says("Candidates"))
    expect(desk.get_by_role("link", name="Tidur – Stämpeln")).to_have_count(0)
    assert Candidate.objects.dismissed().count() == 1

    desk.goto(f"/{language}/desk/harmonisation/what-if/?system={first.subject.code}&system={third.subject.code}&survivor={first.subject.code}")
    arrive(desk, says("What if systems were merged?"))
    look(desk, f"{language}-{width}-what-if")
    assert not HarmonisationCase.objects.exists()
    desk.get_by_role("link", name=says("Save as a case")).click()
    arrive(desk, says("Open a harmonisation case"))
    desk.get_by_label(says("Title in Swedish")).fill("En arbetstid")
    desk.get_by_label(says("Title in Finnish")).fill("Yksi työaika")
    desk.get_by_role("button", name=says("Save")).click()
    arrive(desk, "En arbetstid" if language == "sv" else "Yksi työaika")
    look(desk, f"{language}-{width}-case")
    assert {each.pk for each in HarmonisationCase.objects.get().systems.all()} == {first.pk, third.pk}
    assert second.harmonisation_cases.count() == 0
