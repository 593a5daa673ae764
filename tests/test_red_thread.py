"""The red thread through the whole house: from a voice by its theme or a consultation to the matter and its decision, and the news back along it."""

import pytest
from django.test import Client

from dialogi.commons.actors import ANONYMOUS
from dialogi.commons.follows import follow
from dialogi.commons.models import Delivery
from dialogi.commons.permissions import NotAllowed, NotPossible
from dialogi.commons.thread import thread_of
from dialogi.commons.timeline import timeline
from dialogi.decisions import actions
from dialogi.decisions.models import Matter, MatterState
from dialogi.testing import SETUP, Cast, Town, actor, client_for
from dialogi.voices import actions as voices
from dialogi.voices.models import Voice
from dialogi.voices.tests import factories
from dialogi.voices.tests.sent import forget_sent, links, sent, whole

pytestmark = pytest.mark.django_db

SECRET = {"is_public": False, "mention_sv": "Ett personärende", "mention_fi": "Henkilöasia", "secrecy": "621/1999, 24 § 1 mom. 32"}


def read(path: str, client: Client | None = None) -> str:
    answer = (client or Client()).get(path)
    assert answer.status_code == 200, f"{path}: {answer.status_code}"
    return answer.content.decode()


def test_whoever_answers_for_the_words_or_keeps_the_matter_ties_them(town: Town, cast: Cast) -> None:
    voice = factories.given("Lånekortet fungerar inte.", service=town.loans, public=True)
    with pytest.raises(NotAllowed):
        actions.tie_to_matter(town.matter, source=voice.subject, by=actor(cast.employee))
    assert actions.tie_to_matter(town.matter, source=voice.subject, by=actor(cast.other_handler)), "answers for the voice"
    assert not actions.tie_to_matter(town.matter, source=voice.subject, by=actor(cast.handler)), "keeps the matter, and it is tied already"
    assert actions.untie_from_matter(town.matter, source=voice.subject, by=actor(cast.registrar))
    assert not actions.untie_from_matter(town.matter, source=voice.subject, by=actor(cast.registrar))
    with pytest.raises(NotPossible):
        actions.tie_to_matter(town.matter, source=town.roads.subject, by=actor(cast.registrar))


def test_a_consultation_and_a_theme_set_a_matter_in_motion(town: Town, cast: Cast) -> None:
    theme = voices.open_theme(titles={"sv": "Lampor", "fi": "Lamput"}, unit=town.roads, by=actor(cast.handler))
    for source in (theme.subject, town.open_consultation.subject):
        assert actions.tie_to_matter(town.matter, source=source, by=actor(cast.registrar))
        assert [knot.subject for knot in thread_of(source, actor=ANONYMOUS)] == [town.matter.subject]


def test_a_tie_to_what_is_not_public_is_told_to_nobody(town: Town, cast: Cast) -> None:
    hidden = factories.given("Bara för er.", service=town.snow)
    shown = factories.given("För alla.", service=town.snow, public=True)
    voices.publish(shown, by=actor(cast.communications))
    for voice in (hidden, shown):
        actions.tie_to_matter(town.matter, source=Voice.objects.get(pk=voice.pk).subject, by=actor(cast.handler))
    told = [entry.sentence for entry in timeline(town.matter.subject, actor=ANONYMOUS)]
    assert len(told) == 2
    assert "För alla." in told[0]
    assert [knot.subject for knot in thread_of(town.matter.subject, actor=ANONYMOUS)] == [shown.subject]
    assert len(thread_of(town.matter.subject, actor=actor(cast.handler))) == 2


def test_everybody_on_the_thread_who_follows_is_told_once_and_in_their_language(town: Town, cast: Cast) -> None:
    voice = factories.given("Lampan är släckt.", service=town.street_lights, public=True)
    voices.publish(voice, by=actor(cast.communications))
    theme = voices.open_theme(titles={"sv": "Lampor", "fi": "Lamput"}, unit=town.roads, by=actor(cast.handler))
    voices.gather([Voice.objects.get(pk=voice.pk)], theme=theme, by=actor(cast.handler))
    for source in (theme.subject, town.open_consultation.subject):
        actions.tie_to_matter(town.matter, source=source, by=actor(cast.registrar))
    follow(voice.subject, by=actor(cast.another_resident), language="fi")
    follow(theme.subject, by=actor(cast.resident), language="sv")
    follow(town.matter.subject, by=actor(cast.resident), language="sv")
    follow(town.open_consultation.subject, by=actor(cast.official), language="sv")
    forget_sent()
    actions.publish_decision(town.council_draft(), by=actor(cast.registrar))
    told = {delivery.account.person: delivery for delivery in sent()}
    assert Delivery.objects.count() == len(told) == 3
    assert set(told) == {cast.resident, cast.another_resident, cast.official}
    finnish, swedish = whole(told[cast.another_resident]), whole(told[cast.resident])
    assert "Valot palavat koko yön" in finnish
    assert "Hyväksyttiin" in finnish
    assert "Lamporna lyser hela natten" in swedish
    assert all(path.startswith("/fi/") for path in links(finnish))
    assert links(finnish)[0].startswith("/fi/decisions/")


def test_a_change_of_details_reaches_those_alone_who_follow_the_matter(town: Town, cast: Cast) -> None:
    theme = voices.open_theme(titles={"sv": "Lampor", "fi": "Lamput"}, unit=town.roads, by=actor(cast.handler))
    actions.tie_to_matter(town.matter, source=theme.subject, by=actor(cast.registrar))
    follow(theme.subject, by=actor(cast.another_resident))
    follow(town.matter.subject, by=actor(cast.resident))
    forget_sent()
    actions.edit_matter(town.matter, by=actor(cast.handler), title_en="Lamps")
    assert [delivery.account.person for delivery in sent()] == [cast.resident]


def test_of_a_secret_decision_the_house_knows_the_mention_alone(town: Town, cast: Cast) -> None:
    follow(town.matter.subject, by=actor(cast.resident), language="sv")
    forget_sent()
    draft = town.council_draft(**SECRET)
    actions.decide_on(draft, subject=town.snow.subject, by=SETUP)
    secret = actions.publish_decision(draft, by=SETUP)
    (told,) = sent()
    for text in (whole(told), str(secret.subject.title), *(entry.sentence for entry in timeline(secret.subject, actor=ANONYMOUS))):
        assert "Lamporna" not in text
        assert "Godkändes" not in text
    assert "Ett personärende" in whole(told)
    assert not any("godkän" in entry.sentence.lower() for entry in timeline(town.matter.subject, actor=ANONYMOUS))
    assert thread_of(town.snow.subject, actor=ANONYMOUS) == [], "what it decides on does not lead to it"
    assert Matter.objects.get(pk=town.matter.pk).state == MatterState.DECIDED
    opened = actions.correct_decision(secret, reason="Sekretessen upphörde.", by=SETUP, is_public=True)
    assert opened.subject.title_sv == "Lamporna lyser hela natten"
    assert thread_of(town.snow.subject, actor=ANONYMOUS)[0].subject == opened.subject


def test_a_matter_shows_the_whole_thread_and_what_people_say(town: Town, cast: Cast) -> None:
    voice = factories.given("Lampan är släckt.", service=town.street_lights, about=town.matter.subject, public=True)
    voices.publish(voice, by=actor(cast.communications))
    theme = voices.open_theme(titles={"sv": "Mörka vägar", "fi": "Pimeät tiet"}, unit=town.roads, by=actor(cast.handler))
    actions.tie_to_matter(town.matter, source=theme.subject, by=actor(cast.handler))
    assert town.council_decision
    html = read(f"/sv/matters/{town.matter.subject.code}/")
    for words in ("Mörka vägar", "Lamporna lyser hela natten", "Lampan är släckt.", "12/10.03.01/2026", "Gatubelysning"):
        assert words in html
    assert "Mörka vägar" in read(f"/sv/decisions/{town.council_decision.subject.code}/")
    assert "Lamporna lyser hela natten" in read(f"/sv/themes/{theme.subject.code}/")


def test_a_handler_ties_a_voice_to_a_matter_from_the_case(town: Town, cast: Cast) -> None:
    assert town.matter
    voice = factories.given("Lampan är släckt.", service=town.street_lights)
    handler = client_for(cast.handler)
    case = handler.get(f"/sv/desk/voices/{voice.subject.code}/").content.decode()
    pick = f"/sv/desk/tie/{voice.subject.code}/"
    assert pick in case
    assert "Gatubelysning hela natten" in handler.get(pick).content.decode()
    assert "Gatubelysning hela natten" in handler.get(f"{pick}?words=12/10.03.01/2026").content.decode()
    assert "Gatubelysning hela natten" not in handler.get(f"{pick}?words=simhall").content.decode()
    assert handler.post(pick, {"matter": ""}).status_code == 422
    assert handler.post(pick, {"matter": town.matter.subject.code}).status_code == 302
    assert handler.post(pick, {"matter": town.matter.subject.code}).status_code == 422, "tied already, so not offered"
    assert "Gatubelysning hela natten" in handler.get(f"/sv/desk/voices/{voice.subject.code}/").content.decode()
    desk = handler.get(f"/sv/desk/matters/{town.matter.subject.code}/").content.decode()
    assert voice.subject.code in desk
    handler.post(f"/sv/desk/matters/{town.matter.subject.code}/untie/", {"code": voice.subject.code})
    assert voice.subject.code not in handler.get(f"/sv/desk/matters/{town.matter.subject.code}/").content.decode()


def test_a_theme_is_tied_by_its_code_and_what_one_may_not_see_is_not_found(town: Town, cast: Cast) -> None:
    theme = voices.open_theme(titles={"sv": "Lampor", "fi": "Lamput"}, unit=town.roads, by=actor(cast.handler))
    hidden = factories.given("Lånekortet.", service=town.loans)
    handler, page = client_for(cast.handler), f"/sv/desk/matters/{town.matter.subject.code}/tie/"
    assert f"/sv/desk/tie/{theme.subject.code}/" in handler.get(f"/sv/desk/themes/{theme.subject.code}/").content.decode()
    for code in (hidden.subject.code, town.roads.subject.code, "222222"):
        assert handler.post(page, {"code": code}).status_code == 422
    assert handler.post(page, {"code": f" {theme.subject.code.lower()} "}).status_code == 302
    assert handler.get(f"/sv/desk/tie/{hidden.subject.code}/").status_code == 404


def test_a_planner_ties_a_consultation_to_its_matter_and_the_thread_goes_on_to_the_decision(town: Town, cast: Cast) -> None:
    asked = town.open_consultation
    planner, desk, pick = client_for(cast.head_of_unit), f"/sv/desk/consultations/{asked.subject.code}/", f"/sv/desk/tie/{asked.subject.code}/"
    assert town.matter
    assert pick in read(desk, planner)
    assert pick not in read(desk, client_for(cast.communications)), "offered to those alone who may"
    assert planner.post(pick, {"matter": town.matter.subject.code}).status_code == 302
    assert "Gatubelysning hela natten" in read(desk, planner)
    assert "Gatubelysning hela natten" in read(f"/sv{asked.subject.address}")
    assert town.council_decision
    html = read(f"/fi{asked.subject.address}")
    assert f"/fi{town.matter.subject.address}" in html
    assert f"/fi{town.council_decision.subject.address}" in html
    assert f"/sv{asked.subject.address}" in read(f"/sv{town.council_decision.subject.address}"), "and back again"
