"""Harmonisation through its verbs and pages: what is found, what is remembered, what is decided, who sees what."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from dialogi.commons import clock
from dialogi.commons.permissions import NotAllowed, NotPossible
from dialogi.commons.registry import registry
from dialogi.decisions import actions as deciding
from dialogi.figures import actions as figures
from dialogi.systems import actions
from dialogi.systems.harmonising.signals import Signal
from dialogi.systems.models import AssessmentKind, Candidate, CaseState, Dismissal, FunctionState, HarmonisationCase, Reckoning, System
from dialogi.systems.queries.harmonising_ledger import lines
from dialogi.systems.tests import factories
from dialogi.testing import SETUP, Cast, Town, actor, days_later

pytestmark = pytest.mark.django_db

TITLES = {"title_sv": "En arbetstid", "title_fi": "Yksi työaika"}


@pytest.fixture
def two(town: Town, cast: Cast) -> tuple[System, System]:
    """Two products for one confirmed function in two units."""
    function = town.road_keeping
    made = []
    for name, unit in (("Tidur", town.roads), ("Stämpeln", town.library)):
        system = factories.system(name, product=name, unit=unit, function=function)
        for use in system.uses.all():
            actions.confirm_function(use, by=actor(cast.ict_member))
        made.append(system)
    actions.look_for_candidates(by=SETUP)
    return made[0], made[1]


def to_look_at() -> list[tuple[int, int]]:
    return list(Candidate.objects.with_more_than_words().to_look_at().values_list("first", "second"))


def test_two_products_for_one_confirmed_function_are_a_candidate_and_a_proposed_one_is_not(town: Town, two: tuple[System, System]) -> None:
    assert to_look_at() == [(two[0].pk, two[1].pk)]
    use = two[1].uses.get()
    actions.edit_use(use, by=SETUP, function=None)
    actions.edit_use(use, by=SETUP, function=town.road_keeping)
    use.refresh_from_db()
    assert use.function_state == FunctionState.UNCONFIRMED, "a machine proposes"
    reckoning = actions.look_for_candidates(by=SETUP)
    assert to_look_at() == []
    assert reckoning.coverage["confirmed"] == 1


def test_a_dismissal_is_remembered_until_its_day_or_until_something_new_speaks_for_the_pair(two: tuple[System, System], cast: Cast, town: Town) -> None:
    first, second = two
    with pytest.raises(NotAllowed):
        actions.dismiss(second, first, reason="Nej", by=actor(cast.handler))
    with pytest.raises(NotPossible):
        actions.dismiss(first, second, reason="Nej", until=clock.today() - timedelta(days=1), by=actor(cast.ict_member))
    with pytest.raises(ValidationError):
        actions.dismiss(first, second, reason=" ", by=actor(cast.ict_member))
    actions.dismiss(second, first, reason="Skolan har egna tider.", until=clock.today() + timedelta(days=30), by=actor(cast.ict_member))
    assert to_look_at() == []
    assert Candidate.objects.dismissed().count() == 1
    with days_later(31):
        assert to_look_at() == [(first.pk, second.pk)]
    actions.look_for_candidates(by=SETUP)
    assert to_look_at() == [], "reckoning anew does not forget"
    ends_on = clock.today() + timedelta(days=200)
    for system in two:
        actions.create_contract(by=SETUP, name="Avtal", systems=[system], ends_on=ends_on)
    actions.look_for_candidates(by=SETUP)
    assert to_look_at() == [(first.pk, second.pk)], "a window is new"
    actions.dismiss(first, second, reason="Fortfarande nej.", by=actor(cast.ict_member))
    assert to_look_at() == []
    actions.look_again(Dismissal.objects.get(), by=actor(cast.ict_member))
    assert len(to_look_at()) == 1


def test_the_job_looks_again_only_when_the_register_has_changed(two: tuple[System, System]) -> None:
    job = registry.jobs["systems.candidates"]
    assert job.wanted is not None
    assert not job.wanted()
    factories.system("Nytt")
    assert job.wanted()
    job.run()
    assert not job.wanted()
    assert Reckoning.objects.get().systems == 3


def open_case(two: tuple[System, System], **fields: Any) -> HarmonisationCase:
    return actions.open_case(by=SETUP, systems=two, survivor=two[0], option="merge", **TITLES | fields)


def decide(case: HarmonisationCase, town: Town) -> HarmonisationCase:
    decision = deciding.publish_decision(town.council_draft(), by=SETUP)
    actions.move_case(case, to=CaseState.EXAMINED, by=SETUP)
    case.refresh_from_db()
    return actions.decide_case(case, decision=decision, option="merge", by=SETUP)


def test_a_case_keeps_what_spoke_for_it_and_is_decided_by_a_body(two: tuple[System, System], town: Town, cast: Cast) -> None:
    with pytest.raises(ValidationError):
        actions.open_case(by=SETUP, systems=two[:1], **TITLES)
    with pytest.raises(ValidationError):
        actions.open_case(by=SETUP, systems=two, option="merge", **TITLES)
    case = open_case(two)
    assert [Signal(each["signals"]) & Signal.OTHER_UNIT for each in case.reasons] == [Signal.OTHER_UNIT]
    decision = deciding.publish_decision(town.council_draft(), by=SETUP)
    actions.move_case(case, to=CaseState.EXAMINED, by=SETUP)
    case.refresh_from_db()
    with pytest.raises(ValidationError, match=case.subject.code):
        actions.decide_case(case, decision=decision, option="merge", by=actor(cast.ict_member))
    deciding.decide_on(decision, subject=case.subject, by=actor(cast.registrar))
    case.subject.refresh_from_db()
    figures.record_amount(two[1], certainty="actual", year=clock.today().year, euros=500, source_kind="invoice", source="F1", by=SETUP)
    case = actions.decide_case(case, decision=decision, option="merge", by=actor(cast.ict_member))
    assert case.state == CaseState.DECIDED
    assert [each["run_cost"] for each in case.baseline["systems"]] == [None, "500.00"]


def test_after_the_decision_the_baseline_stands_and_other_systems_need_a_reason(two: tuple[System, System], town: Town) -> None:
    case = decide(open_case(two), town)
    frozen, third = case.baseline, factories.system("Tredje")
    with pytest.raises(ValidationError):
        actions.edit_case(case, by=SETUP, systems=[two[0], third])
    case.refresh_from_db()
    with pytest.raises(ValidationError):
        actions.edit_case(case, by=SETUP, option="retire")
    case = HarmonisationCase.objects.get()
    actions.edit_case(case, by=SETUP, systems=[two[0], third], reason="Biblioteket går med i regionen.")
    case.refresh_from_db()
    assert case.baseline == frozen
    assert set(case.systems.all()) == {two[0], third}


def test_a_saving_is_told_when_invoices_of_whole_years_are_there(two: tuple[System, System], town: Town) -> None:
    year = clock.today().year
    for system in two:
        figures.record_amount(system, certainty="actual", year=year, euros=1000, source_kind="invoice", source="F", by=SETUP)
    case = decide(open_case(two, migration_cost=100), town)
    actions.move_case(case, to=CaseState.REALISED, by=SETUP)
    figures.record_amount(two[0], certainty="actual", year=year + 1, euros=1200, source_kind="invoice", source="F", by=SETUP)
    figures.record_amount(two[0], certainty="estimate", year=year + 1, euros=1, source_kind="estimate", source="IKT", by=SETUP)
    line = lines(list(HarmonisationCase.objects.all()))[0]
    assert (line.before, line.saving.years) == (Decimal(2000), ())
    with days_later(800):
        assert lines(list(HarmonisationCase.objects.all()))[0].saving.years == ((year + 1, Decimal(800)),)


DESK = ("", "matrix/", "candidates/", "candidates/?view=words", "days/", "fit/", "what-if/", "cases/", "matrix.svg", "days.svg", "fit.svg")


@pytest.mark.parametrize("language", ["sv", "fi"])
def test_staff_read_every_page_and_residents_none(two: tuple[System, System], client_for: Any, cast: Cast, language: str) -> None:
    desk, outside = client_for(cast.employee), client_for(cast.resident)
    codes = "/".join(each.subject.code for each in two)
    function = two[0].uses.get().function.subject.code
    more = (f"pairs/{codes}/", f"functions/{function}/", f"integrations/{two[0].subject.code}/", f"integrations/{two[0].subject.code}/picture.svg")
    for path in (*DESK, *more):
        address = f"/{language}/desk/harmonisation/{path}"
        assert desk.get(address).status_code == 200, address
        assert outside.get(address).status_code in (403, 404), address


def test_a_member_of_the_team_dismisses_a_pair_on_its_page_and_a_handler_cannot(two: tuple[System, System], client_for: Any, cast: Cast) -> None:
    codes = "/".join(each.subject.code for each in two)
    address = f"/sv/desk/harmonisation/pairs/{codes}/dismiss/"
    assert client_for(cast.handler).post(address, {"reason": "Nej"}).status_code == 403
    team = client_for(cast.ict_member)
    assert team.post(address, {"reason": ""}).status_code == 422
    assert team.post(address, {"reason": "Olika arbete."}).status_code == 302
    page = team.get("/sv/desk/harmonisation/candidates/?view=dismissed").content.decode()
    assert "Olika arbete." in page
    assert "Ines IKT" in page


def test_a_what_if_saves_nothing_and_becomes_a_case(two: tuple[System, System], town: Town, client_for: Any, cast: Cast) -> None:
    actions.edit_system(two[1], by=SETUP, services=[town.street_lights])
    factories.integration(two[1], other_end="Lönerna")
    team = client_for(cast.ict_member)
    question = f"system={two[0].subject.code}&system={two[1].subject.code}&survivor={two[0].subject.code}"
    page = team.get(f"/sv/desk/harmonisation/what-if/?{question}").content.decode()
    assert "Lönerna" in page
    assert str(town.street_lights.name_sv) in page
    assert team.get("/sv/desk/harmonisation/what-if/?systems=ingenting").status_code == 422
    assert not HarmonisationCase.objects.exists()
    form = team.get(f"/sv/desk/harmonisation/new-case/?{question}").content.decode()
    assert two[1].subject.code in form
    answer = team.post(
        "/sv/desk/harmonisation/new-case/",
        {**TITLES, "systems": "\n".join(each.subject.code for each in two), "survivor": two[0].subject.code, "option": "merge"},
    )
    assert answer.status_code == 302
    assert team.get(answer["Location"]).status_code == 200
    assert client_for(cast.handler).get("/sv/desk/harmonisation/new-case/").status_code == 403


def test_a_public_case_names_only_public_systems_and_never_what_assessors_said(two: tuple[System, System], town: Town, client_for: Any, cast: Cast) -> None:
    actions.assess(two[0], kind=AssessmentKind.FUNCTIONAL_FIT, score=1, summary="Hemligt omdöme", by=actor(cast.ict_member))
    case = open_case(two, summary_sv="Två system", summary_fi="Kaksi järjestelmää")
    address = f"/sv{case.subject.address}"
    assert client_for(None).get(address).status_code == 404
    team = client_for(cast.ict_member)
    assert team.post(f"/sv/desk/harmonisation/cases/{case.subject.code}/show/").status_code == 302
    page = client_for(None).get(address).content.decode()
    assert "Två system" in page
    assert "Stämpeln" not in page
    assert "Hemligt omdöme" not in page


def test_a_window_that_has_passed_is_no_window(town: Town) -> None:
    for name in ("Ett", "Två"):
        system = factories.system(name, vendor=town.vendor)
        actions.create_contract(by=SETUP, name=name, systems=[system], ends_on=date(2020, 1, 1))
    actions.look_for_candidates(by=SETUP)
    assert to_look_at() == []
