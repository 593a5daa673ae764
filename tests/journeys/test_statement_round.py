"""A statement round in a browser: the planner asks, the council answers by its link, everybody reads it, it becomes a point, and the council is told."""

from __future__ import annotations

import re

import pytest
from django.core import mail
from playwright.sync_api import expect

from dialogi.commons import outbox, sending
from dialogi.consultations import actions
from dialogi.consultations.models import Comment, Consultation, Invitation
from dialogi.testing import SETUP, Cast, Town, client_for, days_later
from tests.journeys.browser import four_ways
from tests.journeys.conftest import Arrive, OpenPage, Says

pytestmark = pytest.mark.django_db(transaction=True)
TO = "ungdomsradet@town.example"


def carry_mail() -> list[str]:
    """As the worker does; return what the council got."""
    while outbox.drain():
        pass
    sending.send()
    return [str(message.body) for message in mail.outbox if TO in message.to]


@four_ways
def test_a_planner_invites_a_council_answers_and_is_told_of_its_point(
    open_page: OpenPage, cast: Cast, town: Town, says: Says, arrive: Arrive, language: str, javascript: bool
) -> None:
    phase, name = town.statement_round, "Ungdomsrådet" if language == "sv" else "Nuorisovaltuusto"
    code = phase.consultation.subject.code
    assert town.youth_council
    assert town.wellbeing_county

    desk = open_page(client=client_for(cast.head_of_unit))
    desk.goto(f"/{language}/desk/consultations/{code}/")
    arrive(desk)
    desk.get_by_role("link", name=re.compile(says("Invite"))).first.click()
    arrive(desk, says("Ask for statements"))
    desk.get_by_role("button", name=says("Invite those who are ticked")).click()
    arrive(desk)
    expect(desk.locator(".errors")).to_be_visible()
    desk.get_by_label(re.compile(name)).check()
    desk.get_by_role("button", name=says("Invite those who are ticked")).click()
    arrive(desk)
    expect(desk.get_by_role("rowheader", name=name)).to_be_visible()
    desk.get_by_role("rowheader", name=name).get_by_role("link").click()
    arrive(desk, name)

    link = re.search(r"https?://[^/\s]+(/\S+/invited/\S+)", carry_mail()[-1])
    assert link is not None
    council = open_page()
    council.goto(link[1])
    arrive(council)
    council.get_by_role("link", name=says("Ask for more time")).click()
    arrive(council, says("Ask for more time"))
    council.go_back()
    council.get_by_role("link", name=says("Give the statement"), exact=True).click()
    arrive(council)
    council.get_by_role("button", name=says("Send the statement")).click()
    arrive(council)
    expect(council.locator(".errors")).to_be_visible()
    council.get_by_label(says("The statement in your own words")).fill("Rådet vill ha gungor vid varje skola.")
    council.get_by_label(says("Who signs")).fill("Alva Berg")
    council.get_by_label(says("In which role")).fill("Ordförande")
    council.get_by_role("button", name=says("Send the statement")).click()
    arrive(council)
    expect(council.get_by_text(says("Thank you. The statement has arrived."))).to_be_visible()

    anybody = open_page()
    anybody.goto(f"/{language}/consultations/{code}/")
    arrive(anybody)
    anybody.get_by_role("rowheader", name=name).get_by_role("link").click()
    arrive(anybody)
    expect(anybody.get_by_text("Rådet vill ha gungor vid varje skola.")).to_be_visible()
    expect(anybody.get_by_text("Alva Berg")).to_be_visible()

    desk.goto(f"/{language}/desk/consultations/invitations/{Invitation.objects.get().pk}/record/")
    arrive(desk)
    with days_later(25):
        point = actions.make_point(Consultation.objects.get(), comments=[Comment.objects.get()], by=SETUP, title_sv="Gungor", title_fi="Keinut")
        actions.edit_point(point, by=SETUP, verdict="accepted", answer_sv="Gungor byggs.", answer_fi="Keinuja rakennetaan.")
        actions.state_result(Consultation.objects.get(), result={"sv": "Klart.", "fi": "Valmis."}, by=SETUP)
        actions.answer_consultation(Consultation.objects.get(), by=SETUP)
        actions.tell_authors()
        assert any(("Gungor byggs." if language == "sv" else "Keinuja rakennetaan.") in body for body in carry_mail())
    anybody.reload()
    arrive(anybody)
    expect(anybody.get_by_text("Gungor" if language == "sv" else "Keinut", exact=False).last).to_be_visible()
