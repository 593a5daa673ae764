"""Reading consultations: the list, one of them, the feed, the preview."""

from datetime import timedelta

from django.test import Client

from dialogi.commons import clock
from dialogi.testing import Cast, Town, client_for


def test_a_draft_is_seen_by_its_unit_and_communications_and_by_nobody_else(town: Town, cast: Cast) -> None:
    address = f"/sv{town.playground_plan.subject.address}"
    assert client_for(cast.communications).get(address).status_code == 200
    for stranger in (None, cast.resident, cast.other_handler, cast.official):
        assert client_for(stranger).get(address).status_code == 404
    assert "Plan för lekplatserna" not in Client().get("/sv/consultations/").content.decode()


def test_anybody_reads_what_is_asked_until_when_and_what_can_be_influenced(town: Town) -> None:
    page = Client().get(f"/fi{town.open_consultation.subject.address}").content.decode()
    for words in ("Leikkipaikkojen suunnitelma", "Rahat riittävät kolmeen vuodessa.", "Järjestys ja varusteet.", "Avoinna vastauksille", "Ideoiden keruu"):
        assert words in page
    assert "Leikkipaikkojen suunnitelma" in Client().get("/fi/consultations/?stage=open&kind=ideas").content.decode()
    assert "Leikkipaikkojen suunnitelma" not in Client().get("/fi/consultations/?stage=closed").content.decode()
    assert "Plan för lekplatserna" in Client().get("/sv/consultations/feed.atom").content.decode()


def test_it_closes_to_the_second_whatever_the_worker_does(town: Town) -> None:
    asked = town.open_consultation
    address, ends = f"/sv{asked.subject.address}", asked.closes_at
    with clock.at(ends - timedelta(seconds=1)):
        assert "Öppet för svar" in Client().get(address).content.decode()
    with clock.at(ends):
        assert "Stängt, sammanställs" in Client().get(address).content.decode()


def test_a_wrong_preview_link_opens_nothing(town: Town) -> None:
    asked = town.playground_plan
    assert Client().get(f"/sv{asked.subject.address}preview/{'x' * 32}/").status_code == 404
