"""What people are told: the right ones, in their language, with links that carry it, and nothing that is not for them."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from dialogi.commons import clock, duties
from dialogi.commons.actors import ANONYMOUS
from dialogi.commons.codes import grouped, normalise
from dialogi.commons.models import Delivery
from dialogi.people import actions as people
from dialogi.people.models import Person
from dialogi.testing import SETUP, Cast, Town, days_later
from dialogi.voices import actions
from dialogi.voices.actions import Answer, ContactDetails, Place, Recorded, Said
from dialogi.voices.models import Appeal, ModerationRule, State, Voice
from dialogi.voices.tests import factories
from dialogi.voices.tests.sent import foreign, forget_sent, links, sent, whole

Acting = Callable[..., object]
EMAIL = ContactDetails(name="Canary Person", email="canary@town.example")
LETTER = ContactDetails(name="Canary Person", postal_address="Kanarievägen 1\n65610 Korsholm")
PHONE = ContactDetails(name="Canary Person", phone="050 000 0001")
WORDS = {"sv": "Lampan lyser inte.", "fi": "Lamppu ei pala.", "en": "The lamp is dark."}
ANSWERS = {"sv": "Lampan är bytt.", "fi": "Lamppu on vaihdettu.", "en": "The lamp is replaced."}
LANGUAGES = ("sv", "fi", "en")


class Scene:
    """A town where something is about to happen, in one language."""

    def __init__(self, cast: Cast, actor: Acting, language: str) -> None:
        self.cast, self.town, self.language = cast, cast.town, language
        self.handler, self.registrar = actor(cast.handler), actor(cast.registrar)
        self.moderator, self.resident = actor(cast.communications), actor(cast.another_resident)
        for person in (cast.handler, cast.head_of_unit, cast.registrar, cast.communications, cast.another_resident):
            Person.objects.filter(pk=person.pk).update(language=language)
        words = {f"{name}_{code}": f"{name}-{code}" for name in ("name", "explanation") for code in LANGUAGES}
        self.rule = ModerationRule.objects.get_or_create(code="insult", defaults=words)[0]

    def given(self, *, contact: ContactDetails = EMAIL, **said: object) -> Voice:
        said.setdefault("service", self.town.street_lights)
        return factories.given(WORDS[self.language], language=self.language, contact=contact, **said)

    def answer(self, state: str = State.DONE, **more: object) -> Answer:
        return Answer(state=state, **{f"text_{code}": words for code, words in ANSWERS.items()}, **more)

    def answered(self, voice: Voice, state: str = State.DONE, **more: object) -> Voice:
        actions.reply(voice, answer=self.answer(state, **more), by=self.handler)
        return Voice.objects.get(pk=voice.pk)

    def published(self) -> Voice:
        voice = self.given(public=True)
        actions.publish(voice, by=self.moderator)
        return voice

    def refused(self) -> Voice:
        voice = self.given(public=True)
        actions.refuse(voice, rule=self.rule, explanation="M-reason", by=self.moderator)
        return voice


def _receipt(scene: Scene) -> None:
    scene.given(public=True)


def _receipt_without_unit(scene: Scene) -> None:
    scene.given(service=None)


def _receipt_by_letter(scene: Scene) -> None:
    scene.given(contact=LETTER)


def _answered(scene: Scene) -> None:
    scene.answered(scene.given())


def _answered_by_letter(scene: Scene) -> None:
    scene.answered(scene.given(contact=LETTER))


def _forwarded(scene: Scene) -> None:
    organisation = people.create_organisation(
        by=SETUP,
        **{f"name_{code}": f"Org-{code}" for code in LANGUAGES},
        **{f"advice_{code}": f"Advice-{code}" for code in LANGUAGES},
        email="org@else.example",
    )
    voice = scene.given(place=Place(area=scene.town.smedsby))
    scene.answered(voice, State.NOT_OURS, forwarded_to=organisation)
    actions.agree_to_hand_on(voice, contact=True, words=True, wording="Ja", by=ANONYMOUS, with_receipt=True)


def _merged(scene: Scene) -> None:
    other = scene.published()
    scene.answered(scene.given(contact=ContactDetails(email="another.canary@town.example")), State.SAME_AS, same_as=other)
    scene.answered(other)


def _themed(scene: Scene) -> None:
    theme = actions.open_theme(titles={"sv": "Ljus", "fi": "Valot", "en": "Lights"}, unit=scene.town.roads, by=scene.handler)
    actions.gather([scene.given()], theme=theme, by=scene.handler)
    actions.reply_to_theme(theme, answer=scene.answer(State.PLANNED), by=scene.handler)


def _published(scene: Scene) -> None:
    scene.published()


def _masked(scene: Scene) -> None:
    actions.publish(scene.given(public=True), masked_text="[…]", rule=scene.rule, explanation="M-reason", by=scene.moderator)


def _refused(scene: Scene) -> None:
    scene.refused()


def _withdrawn(scene: Scene) -> None:
    actions.withdraw(scene.published(), rule=scene.rule, explanation="M-reason", by=scene.moderator)


def _review(scene: Scene, upheld: bool) -> None:
    made = actions.appeal(scene.refused(), text="A-words", by=ANONYMOUS, with_receipt=True)
    actions.decide_appeal(made, upheld=upheld, answer="R-reason", by=scene.registrar)


def _review_agrees(scene: Scene) -> None:
    _review(scene, upheld=True)


def _review_disagrees(scene: Scene) -> None:
    _review(scene, upheld=False)


def _asked(scene: Scene) -> None:
    actions.mark_asked([scene.answered(scene.given())], by=SETUP)


def _supporter(scene: Scene) -> None:
    voice = scene.published()
    actions.support(voice, by=scene.resident)
    scene.answered(voice)


def _moved(scene: Scene) -> None:
    actions.assign(scene.given(service=scene.town.playgrounds), unit=scene.town.roads, reason="M-reason", by=scene.registrar)


def _reopened(scene: Scene) -> None:
    actions.reopen(scene.answered(scene.given()), reason="R", by=ANONYMOUS, with_receipt=True)


def _late(scene: Scene) -> None:
    voice = scene.given()
    actions.remind(voice)
    actions.mark_overdue(voice)


def _check_late(scene: Scene) -> None:
    voice = scene.given(public=True)
    actions.mark_check_overdue(voice, what="voices.check")
    actions.mark_check_overdue(voice, what="voices.appeal")


# What happens, and how many messages it comes to (its beginnings among them).
SCENES = {
    _receipt: 3, _receipt_without_unit: 2, _receipt_by_letter: 2, _answered: 3, _answered_by_letter: 3, _forwarded: 5, _merged: 8, _themed: 3,
    _published: 3, _masked: 3, _refused: 3, _withdrawn: 4, _review_agrees: 5, _review_disagrees: 5, _asked: 4, _supporter: 5, _moved: 3, _reopened: 4,
    _late: 4, _check_late: 7,
}  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_speaks_one_language_and_its_links_carry_it(language: str, cast: Cast, actor: Acting) -> None:
    scene = Scene(cast, actor, language)
    for happens, count in SCENES.items():
        forget_sent()
        happens(scene)
        told = sent()
        assert len(told) == count, (happens.__name__, [delivery.heading for delivery in told])
        for delivery in told:
            _is_in_one_language(delivery, language)


def _is_in_one_language(delivery: Delivery, language: str) -> None:
    # Organisations are bilingual by law and get Swedish where the author wrote English.
    expected = "sv" if language == "en" and delivery.receiver == "org@else.example" else language
    text = whole(delivery)
    assert delivery.language == expected, delivery.heading
    assert not foreign(text, expected), text
    assert all(link.startswith(f"/{expected}/") for link in links(text)), links(text)
    assert "%(" not in text


def _to(receiver: str) -> list[Delivery]:
    return [delivery for delivery in sent() if delivery.receiver == receiver]


def test_the_receipt_tells_the_code_that_is_stored_nowhere(cast: Cast, town: Town) -> None:
    forget_sent()
    receipt = factories.receipt(contact=EMAIL, service=town.street_lights)
    told = _to("canary@town.example")
    assert len(told) == 1
    assert grouped(receipt.code) in told[0].body
    assert f"/sv/status/{normalise(receipt.code)}/" in told[0].body
    assert receipt.code not in str(Voice.objects.values().get())


def test_a_receipt_is_made_from_the_ledger_even_when_the_worker_comes_late(cast: Cast, town: Town) -> None:
    receipt = factories.receipt(contact=EMAIL)
    with days_later(3):
        assert grouped(receipt.code) in _to("canary@town.example")[0].body


@pytest.mark.parametrize("is_kept", [True, False])
def test_a_receipt_after_a_change_of_the_servers_key_holds_the_code_for_as_long_as_the_old_key_is_kept(
    cast: Cast, town: Town, settings: object, is_kept: bool
) -> None:
    receipt = factories.receipt(contact=EMAIL)
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY] if is_kept else [], "another-key-of-the-server"  # type: ignore[attr-defined]
    told = _to("canary@town.example")[0]
    assert "/sv/status/" in told.body
    assert (grouped(receipt.code) in told.body) is is_kept


def test_who_stands_at_the_counter_gets_no_letter_besides_the_receipt_in_the_hand(cast: Cast, town: Town, actor: Acting) -> None:
    said = Said(text="Vägen är hal.", language="sv", contact=LETTER, service=town.snow)
    for channel, letters in (("counter", 0), ("letter", 1)):
        forget_sent()
        recorded = Recorded(channel=channel, arrived_at=clock.now(), consent_wording="Ja")
        actions.record_voice(said, recorded, form_key=f"key-{channel}", by=actor(cast.clerk))
        assert len([each for each in sent() if each.channel == "letter"]) == letters


def test_nobody_is_told_when_the_consent_to_keep_contact_details_was_taken_back(cast: Cast, town: Town, actor: Acting) -> None:
    recorded = Recorded(channel="phone", arrived_at=clock.now(), consent_wording="Ja")
    voice = actions.record_voice(Said(text="Hej", language="sv", contact=EMAIL), recorded, form_key="k1", by=actor(cast.clerk)).voice
    voice.consent.withdrawn_at = clock.now()
    voice.consent.save()
    forget_sent()
    assert _to("canary@town.example") == []


def test_staff_mail_holds_neither_words_nor_contact_details_nor_codes(cast: Cast, town: Town, actor: Acting) -> None:
    _people = (cast.handler, cast.head_of_unit, cast.communications, cast.registrar)
    forget_sent()
    receipt = factories.receipt("Kanariefågelns ord", contact=EMAIL, public=True, service=town.snow)
    actions.mark_overdue(receipt.voice)
    told = [delivery for delivery in sent() if delivery.receiver != "canary@town.example"]
    assert {delivery.receiver for delivery in told} == {"handler@town.example", "head@town.example", "communications@town.example"}
    for delivery in told:
        text = whole(delivery)
        assert not any(secret in text for secret in ("Kanariefågelns", "canary@", "Canary", receipt.code, normalise(receipt.code)))


def test_what_no_unit_has_goes_to_the_registrar(cast: Cast, town: Town) -> None:
    _people = (cast.handler, cast.registrar)
    forget_sent()
    factories.given()
    assert [delivery.receiver for delivery in sent()] == ["registrar@town.example"]


def test_nobody_is_told_of_what_they_did_themselves(cast: Cast, town: Town, actor: Acting) -> None:
    voice = factories.given(service=town.playgrounds)
    forget_sent()
    actions.assign(voice, unit=town.roads, handler=cast.handler, reason="Väg", by=actor(cast.registrar))
    assert [delivery.receiver for delivery in sent()] == ["handler@town.example"]
    forget_sent()
    actions.assign(voice, unit=town.roads, handler=cast.handler, reason="Väg", by=actor(cast.handler))
    assert sent() == []


def test_an_account_that_wants_one_message_a_day_gets_it_so_but_a_refusal_at_once(cast: Cast, town: Town, actor: Acting) -> None:
    Person.objects.filter(pk=cast.resident.pk).update(digest="daily")
    voice = factories.given(public=True, by=actor(cast.resident), service=town.snow)
    forget_sent()
    actions.refuse(voice, rule=factories.rule(), explanation="x", by=actor(cast.communications))
    actions.reply(voice, answer=Answer(state=State.DONE, text_sv="Klart."), by=actor(cast.handler))
    assert [(each.receiver, each.state) for each in sent()] == [("resident@town.example", "waiting"), ("resident@town.example", "held")]


def test_an_answer_in_another_language_says_so(cast: Cast, town: Town, actor: Acting) -> None:
    Person.objects.filter(pk=cast.resident.pk).update(language="fi")
    voice = factories.given(by=actor(cast.resident), service=town.snow)
    forget_sent()
    actions.reply(voice, answer=Answer(state=State.DONE, text_sv="Klart."), by=actor(cast.handler))
    body = _to("resident@town.example")[0].body
    assert "Vastaus on kirjoitettu ruotsiksi:\n\nKlart." in body


def test_supporters_are_told_of_an_answer_that_everybody_may_read_and_of_no_other(cast: Cast, town: Town, actor: Acting) -> None:
    voice = factories.given(public=True, service=town.snow)
    actions.publish(voice, by=actor(cast.communications))
    actions.support(voice, by=actor(cast.another_resident))
    actions.withdraw(voice, rule=factories.rule(), explanation="x", by=actor(cast.communications))
    forget_sent()
    actions.reply(voice, answer=Answer(state=State.IN_HAND, text_sv="Vi ser på saken."), by=actor(cast.handler))
    assert sent() == []
    made = Appeal.objects.create(decision=voice.decisions.first(), text="x")
    actions.decide_appeal(made, upheld=True, answer="Ja", by=actor(cast.registrar))
    actions.reply(voice, answer=Answer(state=State.DONE, text_sv="Klart."), by=actor(cast.handler))
    assert [delivery.receiver for delivery in sent()] == ["another.resident@town.example"]


def test_a_matter_of_somebody_else_travels_without_its_secrets(cast: Cast, town: Town, actor: Acting) -> None:
    county = people.edit_organisation(town.wellbeing_county, by=SETUP, email="registry@county.example")
    details = ContactDetails(name="Canary Person", email="canary@town.example", phone="050 000 0001")
    voice = factories.given("Kanariefågelns läkartid", contact=details, misdirected="wellbeing", service=town.snow)
    forget_sent()
    actions.reply(voice, answer=Answer(state=State.NOT_OURS, text_sv="Inte vårt.", forwarded_to=county), by=actor(cast.handler))
    bare = _to("registry@county.example")
    assert len(bare) == 1
    assert voice.subject.code in bare[0].body
    assert not any(secret in whole(bare[0]) for secret in ("Kanarie", "Canary", "canary@", "050", "Inte vårt"))
    actions.agree_to_hand_on(voice, contact=True, words=False, wording="Ja", by=ANONYMOUS, with_receipt=True)
    agreed = _to("registry@county.example")[1]
    assert "050 000 0001" in agreed.body
    assert "Kanarie" not in agreed.body
    actions.agree_to_hand_on(voice, contact=False, words=False, wording="", by=ANONYMOUS, with_receipt=True)
    assert len(_to("registry@county.example")) == 2


def test_a_reminder_goes_before_the_promised_day_and_an_escalation_after_it_each_once(cast: Cast, town: Town, actor: Acting) -> None:
    _people = (cast.handler, cast.head_of_unit)
    voice = factories.given(service=town.snow)
    due = voice.subject.duties.get().due_at
    forget_sent()
    with clock.at(due - timedelta(hours=30)):
        assert (duties.remind(), duties.remind()) == (1, 0)
    with clock.at(due + timedelta(hours=1)):
        assert (duties.escalate(), duties.escalate()) == (1, 0)
        assert [delivery.receiver for delivery in sent()] == ["handler@town.example", "head@town.example"]
        assert voice.subject.entries.filter(kind="voices.voice.overdue", is_public=True).count() == 1
