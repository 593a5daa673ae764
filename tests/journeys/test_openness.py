"""Communications checks in the open, somebody else looks again, and the registrar gives a number and takes out the record."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import expect

from dialogi.people import actions as people
from dialogi.people.models import Person, Role
from dialogi.testing import SETUP, Cast, Town, actor, client_for
from dialogi.voices import actions
from dialogi.voices.models import Publication, Voice
from dialogi.voices.tests import factories
from tests.journeys.browser import both_languages, two_ways
from tests.journeys.conftest import Arrive, OpenPage, Says

pytestmark = pytest.mark.django_db(transaction=True)


def another_checker(town: Town) -> Person:
    """A colleague who has decided nothing yet."""
    person = people.create_person(by=SETUP, name="Kira Kollega", email="kira@town.example")
    people.appoint(person, by=SETUP, role=Role.COMMUNICATIONS, unit=town.communications)
    return person


@two_ways
def test_communications_publishes_hides_a_part_and_refuses_by_a_rule_that_everybody_reads(
    open_page: OpenPage, cast: Cast, town: Town, says: Says, arrive: Arrive, language: str
) -> None:
    factories.rule()
    plain, private, unkind = (
        factories.given(text, service=town.snow, language=language, public=True)
        for text in ("Vägen är hal.", "Ring mig på 050 123 4567 om vägen.", "Grannen plogar aldrig sin del.")
    )
    page = open_page(client=client_for(cast.communications))
    page.goto(f"/{language}/desk/moderation/")
    arrive(page, says("To be checked"))
    page.get_by_role("link", name=plain.text).click()
    arrive(page, plain.subject.code)
    page.get_by_role("button", name=says("Publish as written")).click()
    arrive(page)

    page.goto(f"/{language}/desk/moderation/{private.subject.code}/")
    expect(page.locator("mark")).to_have_text("050 123 4567")
    arrive(page)
    mask = page.locator("#mask")
    assert "050 123 4567" not in mask.locator("[name$=text]").input_value()
    mask.locator("[name$=rule]").first.check()
    mask.get_by_role("button", name=says("Publish with a part hidden")).click()
    arrive(page)

    page.goto(f"/{language}/desk/moderation/{unkind.subject.code}/")
    page.locator("#refuse summary").click()
    refuse = page.locator("#refuse")
    refuse.get_by_role("button", name=says("Do not publish")).click()
    expect(page.locator("#refuse .error").first).to_be_visible()
    arrive(page)
    page.locator("#refuse [name$=rule]").first.check()
    page.locator("#refuse [name$=explanation]").fill("Handlar om en granne.")
    page.locator("#refuse").get_by_role("button", name=says("Do not publish")).click()
    arrive(page, says("To be checked"))
    found = [Voice.objects.get(pk=voice.pk) for voice in (plain, private, unkind)]
    assert [voice.publication for voice in found] == [Publication.PUBLISHED, Publication.PUBLISHED, Publication.REFUSED]

    stranger = open_page()
    stranger.goto(f"/{language}/voices/{private.subject.code}/")
    arrive(stranger)
    assert "050 123 4567" not in stranger.content()
    stranger.goto(f"/{language}/moderation/")
    arrive(stranger, says("What was hidden and why"))
    expect(stranger.locator("#log tbody tr")).to_have_count(2)
    assert "granne" not in stranger.content()
    assert "Grannen" not in stranger.content()


@two_ways
def test_a_review_is_decided_by_somebody_else_than_the_one_who_refused(
    open_page: OpenPage, cast: Cast, town: Town, says: Says, arrive: Arrive, language: str
) -> None:
    given = factories.receipt("Vägen är hal.", service=town.snow, language=language, public=True)
    actions.refuse(given.voice, rule=factories.rule(), explanation="Av misstag.", by=actor(cast.communications))
    actions.appeal(Voice.objects.get(), text="Det finns inget privat.", by=actor(None), with_receipt=True)
    address = f"/{language}/desk/moderation/{given.voice.subject.code}/"
    page = open_page(client=client_for(cast.communications))
    page.goto(address)
    expect(page.locator("#review").get_by_role("button")).to_have_count(0)
    arrive(page)

    colleague = open_page(client=client_for(another_checker(town)))
    colleague.goto(f"/{language}/desk/moderation/")
    colleague.get_by_role("link", name=given.voice.subject.code).last.click()
    arrive(colleague)
    colleague.locator("#review [name$=upheld][value=yes]").check()
    colleague.locator("#review [name$=answer]").fill("Texten nämner ingen.")
    with colleague.expect_navigation():
        colleague.get_by_role("button", name=says("Give the decision")).click()
    arrive(colleague)
    assert Voice.objects.get().publication == Publication.PUBLISHED

    author = open_page()
    author.goto(f"/{language}/status/{given.code}/")
    arrive(author)
    author.goto(f"/{language}/voices/{given.voice.subject.code}/")
    arrive(author, "Vägen är hal.")


@both_languages
def test_the_registrar_gives_a_case_number_and_takes_out_the_record(
    open_page: OpenPage, cast: Cast, town: Town, says: Says, arrive: Arrive, language: str
) -> None:
    voice = factories.given("Jag kräver ersättning för bilen.", service=town.snow)
    page = open_page(client=client_for(cast.registrar))
    page.goto(f"/{language}/desk/register/")
    arrive(page, says("Case register"))
    page.get_by_role("link", name=voice.subject.code).click()
    arrive(page)
    page.get_by_label(says("Case number")).fill("123/00.04.01/2026")
    page.get_by_role("button", name=says("Save the case number")).click()
    expect(page.get_by_text(says("The case number is given."))).to_be_visible()
    arrive(page)
    with page.expect_download() as taken:
        page.get_by_role("button", name=says("Record as JSON")).click()
    record = json.loads(taken.value.path().read_text())
    assert "123/00.04.01/2026" in json.dumps(record)
    assert "Jag kräver ersättning" in json.dumps(record, ensure_ascii=False)
    voice.refresh_from_db()
    assert (voice.case_number, voice.retention_class) == ("123/00.04.01/2026", "voices.matter")
