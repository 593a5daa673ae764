"""Texts that say the same in other words are found, the nearer and newer before the others."""

import random

import pytest

from dialogi.commons.actors import ANONYMOUS
from dialogi.commons.models import GramWeights
from dialogi.commons.search import grams, refresh_weights, similar
from dialogi.commons.tests.found import STAFF, subject
from dialogi.commons.tests.paraphrases import NOISE, PAIRS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("forgotten")]
KIND = ["room.noun"]


def test_a_paraphrase_is_found_among_other_texts_of_the_same_matters() -> None:
    firsts = {first: subject(first, language=language).pk for language, first, _ in PAIRS}
    for language, text in NOISE:
        subject(text, language=language)
    refresh_weights()
    first_place, first_three = 0, 0
    for _, first, second in PAIRS:
        answer = [alike.subject_id for alike in similar(second, actor=ANONYMOUS, kinds=KIND, limit=5)]
        first_place += answer[:1] == [firsts[first]]
        first_three += firsts[first] in answer[:3]
    assert len(PAIRS) == 20
    assert first_place >= 17, first_place
    assert first_three >= 19, first_three


def test_only_what_the_actor_may_see_and_of_the_kinds_asked_for_is_shown() -> None:
    seen = subject("Laituri on irronnut uimarannalla")
    hidden = subject("Laituri on irronnut uimarannalla", audience="staff")
    other = subject("Laituri on irronnut uimarannalla", kind="room.other")
    text = "uimarannan laituri irti"
    assert [alike.subject_id for alike in similar(text, actor=ANONYMOUS, kinds=KIND)] == [seen.pk]
    assert {alike.subject_id for alike in similar(text, actor=STAFF, kinds=KIND)} == {seen.pk, hidden.pk}
    assert [alike.subject_id for alike in similar(text, actor=ANONYMOUS, kinds=["room.other"])] == [other.pk]


def test_the_nearer_of_two_equal_texts_comes_first_and_says_how_far_it_is() -> None:
    far = subject("Katuvalo on pimeänä", latitude=63.2, longitude=21.5)
    near = subject("Katuvalo on pimeänä", latitude=63.1, longitude=21.6)
    nowhere = subject("Katuvalo on pimeänä")
    answer = similar("katuvalo pimeänä", actor=ANONYMOUS, kinds=KIND, near=(63.1, 21.601))
    assert answer[0].subject_id == near.pk
    assert 40 < (answer[0].metres or 0) < 60
    assert {alike.subject_id for alike in answer[1:]} == {far.pk, nowhere.pk}
    assert answer[0].score > answer[1].score


def test_the_newer_of_two_equal_texts_comes_first() -> None:
    new = subject("Oja tulvii tielle", days_old=3)
    old = subject("Oja tulvii tielle", days_old=400)
    answer = similar("tulviiko oja tielle", actor=ANONYMOUS, kinds=KIND)
    assert [alike.subject_id for alike in answer] == [new.pk, old.pk]
    assert answer[0].days == 3.0


def test_a_text_is_not_alike_itself_or_something_else_altogether() -> None:
    made = subject("Jäähallin vuorot alkavat syyskuussa")
    assert similar("Jäähallin vuorot", actor=ANONYMOUS, kinds=KIND, without=made.pk) == []
    assert similar("Bokbussen till Replot", actor=ANONYMOUS, kinds=KIND) == []
    assert similar("", actor=ANONYMOUS, kinds=KIND) == []


def test_only_texts_of_a_language_when_one_is_asked_for() -> None:
    swedish = subject("Gatan Smedsby Center", language="sv")
    finnish = subject("Katu Smedsby Center", language="fi")
    assert [alike.subject_id for alike in similar("Smedsby Center", language="sv", actor=ANONYMOUS, kinds=KIND)] == [swedish.pk]
    assert {alike.subject_id for alike in similar("Smedsby Center", actor=ANONYMOUS, kinds=KIND)} == {swedish.pk, finnish.pk}


def test_garbage_is_compared_with_nothing_and_quickly() -> None:
    subject("Katuvalo on pimeänä")
    rubbish = "".join(random.Random(1).choices("abc <>&%'\"*(){}\x00ö ", k=100_000))
    assert similar(rubbish, actor=ANONYMOUS, kinds=KIND) == []


def test_weights_are_replaced_and_a_rare_run_weighs_more() -> None:
    for number in range(20):
        subject(f"Katuvalo numero {number}")
    subject("Kyttyräselkävalas")
    assert refresh_weights() == 21
    refresh_weights()
    assert GramWeights.objects.count() == 1
    weights = grams.current()
    common, rare = next(iter(grams.of("katu", (4,)))), next(iter(grams.of("valas", (5,))))
    assert weights[rare] > weights[common]
    assert 15 < weights.expected(common, 21) <= 21
