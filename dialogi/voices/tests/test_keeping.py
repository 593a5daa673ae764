"""What is kept for how long, what a person holds in their hand, and forgetting."""

from collections.abc import Callable

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from dialogi.commons import clock
from dialogi.commons.actors import ANONYMOUS, machine
from dialogi.commons.codes import normalise
from dialogi.commons.models import LedgerEntry, LedgerNote
from dialogi.commons.models.attachments import Attachment
from dialogi.commons.registry import registry
from dialogi.people import actions as people
from dialogi.people.models import Contact
from dialogi.people.queries import everything_about
from dialogi.testing import Cast, Town, days_later
from dialogi.voices import actions
from dialogi.voices.actions import Answer, ContactDetails, Recorded, Said
from dialogi.voices.models import InternalNote, Publication, State, Support, Voice
from dialogi.voices.tests import factories

Acting = Callable[..., object]
Browser = Callable[..., Client]
EMAIL = ContactDetails(name="Canary Person", email="canary@town.example")
DONE = Answer(state=State.DONE, text_sv="Klart.")
SWEEPER = machine("retention")


def test_contact_details_go_by_themselves_24_months_after_closing(cast: Cast, town: Town, actor: Acting) -> None:
    closed, still_open = factories.given(contact=EMAIL, service=town.snow), factories.given(contact=EMAIL, service=town.snow)
    actions.reply(closed, answer=DONE, by=actor(cast.handler))
    with days_later(725):
        assert registry.retentions["voices.contact"].expire() == 0  # type: ignore[misc]
    with days_later(735):
        assert registry.retentions["voices.contact"].expire() == 1  # type: ignore[misc]
        assert registry.retentions["voices.contact"].expire() == 0  # type: ignore[misc]
    closed.refresh_from_db()
    still_open.refresh_from_db()
    assert (closed.contact, Contact.objects.count()) == (None, 1)
    assert still_open.contact is not None
    assert LedgerEntry.objects.filter(subject=closed.subject, kind="voices.voice.contact_erased").count() == 1


def test_a_helpers_name_goes_with_the_contact_details_and_alone(cast: Cast, town: Town, actor: Acting) -> None:
    recorded = Recorded(channel="phone", arrived_at=clock.now(), helped_by="Dotter")
    voice = actions.record_voice(Said(text="Hej", language="sv", service=town.snow), recorded, form_key="k1", by=actor(cast.clerk)).voice
    actions.reply(voice, answer=DONE, by=actor(cast.handler))
    with days_later(735):
        assert actions.expire_contacts(by=SWEEPER) == 1
    assert Voice.objects.get(pk=voice.pk).helped_by == ""


def test_internal_notes_go_but_not_those_of_a_matter(cast: Cast, town: Town, actor: Acting) -> None:
    plain, matter = factories.given(service=town.snow), factories.given(service=town.snow)
    actions.give_case_number(matter, number="1/00.04.01/2026", retention_class="voices.matter", by=actor(cast.registrar))
    for voice in (plain, matter):
        actions.write_note(voice, text="x", by=actor(cast.handler))
        actions.reply(voice, answer=DONE, by=actor(cast.handler))
    with days_later(735):
        assert actions.expire_papers(by=SWEEPER) == 1
    assert [note.voice for note in InternalNote.objects.all()] == [matter]


def test_what_counts_a_browser_goes_after_a_year_and_the_count_stays(cast: Cast, town: Town, actor: Acting) -> None:
    voice = factories.given(public=True, service=town.snow)
    actions.publish(voice, by=actor(cast.communications))
    actions.support(voice, by=ANONYMOUS, browser_key="b" * 64)
    actions.support(voice, by=ANONYMOUS, browser_key="c" * 64)
    with days_later(370):
        assert actions.expire_support_keys(by=SWEEPER) == 2
    voice.subject.refresh_from_db()
    assert (voice.subject.support_count, set(Support.objects.values_list("browser_key", flat=True))) == (2, {""})


def test_only_the_houses_own_sweeper_lets_things_expire(cast: Cast, actor: Acting) -> None:
    refused = 0
    for verb in (actions.expire_contacts, actions.expire_papers, actions.expire_support_keys):
        try:
            verb(by=actor(cast.administrator))
        except Exception as error:
            refused += type(error).__name__ == "NotAllowed"
    assert refused == 3


def test_each_kind_of_record_has_its_legal_basis(cast: Cast) -> None:
    ours = {name: kept for name, kept in registry.retentions.items() if name.startswith("voices.")}
    assert {plug.retention for plug in registry.nouns.values() if plug.kind.startswith("voices.")} <= set(ours)
    assert all(str(kept.basis) for kept in ours.values())
    assert all(kept.expire is not None for kept in ours.values() if kept.months)


def test_authors_are_asked_once_four_weeks_after_the_matter_was_closed(cast: Cast, town: Town, actor: Acting) -> None:
    job = registry.jobs["voices.ask_helpful"]
    voice = factories.given(service=town.snow)
    actions.reply(voice, answer=DONE, by=actor(cast.handler))
    with days_later(27):
        assert not job.wanted()  # type: ignore[misc]
    with days_later(29):
        assert job.wanted()  # type: ignore[misc]
        assert job.run() == 1
        assert job.run() == 0
    assert LedgerEntry.objects.filter(kind="voices.voice.asked_helpful").count() == 1
    late = factories.given(service=town.snow)
    actions.reply(late, answer=DONE, by=actor(cast.handler))
    with days_later(90):
        assert job.run() == 0


def _everything(cast: Cast, town: Town, actor: Acting) -> Voice:
    """A published voice of the resident, with a photo, an answer and a support of another's voice."""
    resident = actor(cast.resident)
    voice = factories.given("Kanariefågelns ord", by=resident, contact=EMAIL, public=True, service=town.snow)
    actions.publish(voice, by=actor(cast.communications))
    actions.reply(voice, answer=DONE, by=actor(cast.handler))
    Attachment.objects.create(subject=voice.subject, storage_name="a", name="a.jpg", content_type="image/jpeg", size=1, sha256="0" * 64, role="photo")
    other = factories.given("En annans", public=True, service=town.snow)
    actions.publish(other, by=actor(cast.communications))
    actions.support(other, by=resident)
    return voice


def test_a_person_takes_out_everything_they_have_said(cast: Cast, town: Town, actor: Acting) -> None:
    _everything(cast, town, actor)
    rows = everything_about(cast.resident)["records"]["voices.voice"]
    assert [row["what"] for row in rows] == ["voice", "support"]
    assert (rows[0]["words"], rows[0]["answers"][0]["sv"]) == ("Kanariefågelns ord", "Klart.")
    assert "voices.voice" not in everything_about(cast.another_resident)["records"]


def _erase(cast: Cast, actor: Acting, outcome: str) -> None:
    request = people.ask_erasure(cast.resident, by=actor(cast.resident))
    people.decide_erasure(request, by=actor(cast.registrar), outcome=outcome, reason="Skäl")


def test_a_granted_request_erases_the_words_too(cast: Cast, town: Town, actor: Acting, client: Client) -> None:
    voice = _everything(cast, town, actor)
    _erase(cast, actor, "granted")
    voice.refresh_from_db()
    assert (voice.author, voice.contact, voice.publication) == (None, None, Publication.NOT_ASKED)
    assert "Kanarie" not in f"{voice.text}{voice.subject.title_sv}"
    assert not Attachment.objects.filter(subject=voice.subject).exists()
    assert client.get(voice.get_absolute_url()).status_code == 404
    assert Support.objects.filter(account__isnull=False).count() == 0
    assert not LedgerNote.objects.filter(entry__subject=voice.subject, account=cast.resident.account_id).exists()


def test_what_law_keeps_leaves_public_view_and_stays_without_its_author(cast: Cast, town: Town, actor: Acting, client: Client) -> None:
    voice = _everything(cast, town, actor)
    _erase(cast, actor, "partly")
    voice.refresh_from_db()
    assert (voice.text, voice.author, voice.publication) == ("Kanariefågelns ord", None, Publication.NOT_ASKED)
    assert client.get(voice.get_absolute_url()).status_code == 404


def test_a_matter_keeps_its_words_even_when_everything_was_granted(cast: Cast, town: Town, actor: Acting) -> None:
    voice = _everything(cast, town, actor)
    actions.give_case_number(voice, number="1/00.04.01/2026", retention_class="voices.matter", by=actor(cast.registrar))
    _erase(cast, actor, "granted")
    assert Voice.objects.get(pk=voice.pk).text == "Kanariefågelns ord"


def test_an_account_that_nobody_uses_loses_its_name_and_the_words_stay_public(cast: Cast, town: Town, actor: Acting) -> None:
    voice = _everything(cast, town, actor)
    actions.forget_in_voices(cast.resident.pk, by=SWEEPER)
    voice.refresh_from_db()
    assert (voice.author, voice.contact, voice.publication) == (None, None, Publication.PUBLISHED)


def test_my_page_lists_what_i_have_said_with_the_way_to_follow_it(cast: Cast, town: Town, actor: Acting, client_for: Browser) -> None:
    receipt = factories.receipt("Min lampa", by=actor(cast.resident), service=town.snow)
    factories.given("Någon annans lampa", service=town.snow)
    html = client_for(cast.resident).get("/sv/me/").content.decode()
    assert "Min lampa" in html
    assert f"/sv/status/{normalise(receipt.code)}/" in html
    assert "Någon annans" not in html
    assert "Min lampa" not in client_for(cast.another_resident).get("/fi/me/").content.decode()


def test_my_page_costs_the_same_for_few_voices_and_for_many(cast: Cast, town: Town, actor: Acting, client_for: Browser) -> None:
    browser, costs = client_for(cast.resident), []
    for count in (3, 12):
        for _number in range(count):
            factories.given(by=actor(cast.resident), service=town.snow)
        browser.get("/sv/me/")
        with CaptureQueriesContext(connection) as counted:
            browser.get("/sv/me/")
        costs.append(len(counted))
    assert costs[0] == costs[1]


def test_a_frozen_theme_names_its_voices_and_answers(cast: Cast, town: Town, actor: Acting) -> None:
    theme = actions.open_theme(titles={"sv": "Ljus", "fi": "Valot"}, unit=town.roads, by=actor(cast.handler))
    voice = factories.given(service=town.snow)
    actions.gather([voice], theme=theme, by=actor(cast.handler))
    actions.reply_to_theme(theme, answer=Answer(state=State.DONE, text_sv="Ja", text_fi="Kyllä"), by=actor(cast.handler))
    record = registry.nouns["voices.theme"].freeze(theme.subject)  # type: ignore[misc]
    assert record["voices"] == [voice.subject.code]
    assert record["answers"][0]["words"] == {"sv": "Ja", "fi": "Kyllä"}
