"""Which language is fresh, outdated or waiting: held against tables of edits, and against a second opinion on any edits whatever."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dialogi.commons.freshness import digest_of, is_stale, judge, newest_beside, own_texts, translated_fields, waits
from dialogi.commons.languages import LANGUAGES
from dialogi.commons.models import Wording
from dialogi.commons.registry import registry

START = datetime(2026, 3, 2, 9, tzinfo=UTC)
Texts = dict[str, str]


def lived(*steps: Texts) -> Wording:
    """A wording after these texts, an hour between them."""
    wording = Wording(key="name")
    for number, texts in enumerate(steps):
        judge(wording, texts, at=START + timedelta(hours=number))
    return wording


def told(wording: Wording) -> tuple[str, str]:
    """(outdated languages, waiting languages)."""
    return " ".join(each for each in LANGUAGES if is_stale(wording, each)), " ".join(each for each in LANGUAGES if waits(wording, each))


BOTH = {"sv": "hus", "fi": "talo"}
ALL = {"sv": "hus", "fi": "talo", "en": "house"}
# what happened, the texts one after the other, which languages are outdated then, which wait
LIVES: list[tuple[str, Sequence[Texts], str, str]] = [
    ("written in both at once", [BOTH], "", ""),
    ("written in Swedish", [{"sv": "hus"}], "", "fi"),
    ("written in English alone", [{"en": "house"}], "", "sv fi"),
    ("English is offered, not demanded", [BOTH, BOTH | {"en": "house"}], "", ""),
    ("translated later", [{"sv": "hus"}, BOTH], "", ""),
    ("Swedish moved on", [ALL, ALL | {"sv": "gård"}], "fi en", ""),
    ("Finnish followed", [ALL, ALL | {"sv": "gård"}, ALL | {"sv": "gård", "fi": "piha"}], "en", ""),
    ("all followed", [ALL, ALL | {"sv": "gård"}, {"sv": "gård", "fi": "piha", "en": "yard"}], "", ""),
    ("changed together", [ALL, ALL | {"sv": "gård", "fi": "piha"}], "en", ""),
    ("Swedish moved on twice", [ALL, ALL | {"sv": "gård"}, ALL | {"sv": "torg"}], "fi en", ""),
    ("English moved on, Swedish followed", [ALL, ALL | {"en": "yard"}, ALL | {"en": "yard", "sv": "gård"}], "fi", ""),
    ("moved on with words for nobody else yet", [{"sv": "hus"}, {"sv": "gård"}], "", "fi"),
    ("outdated words were taken away", [ALL, ALL | {"sv": "gård"}, ALL | {"sv": "gård", "fi": ""}], "en", "fi"),
    ("the words that others were behind are gone", [BOTH, BOTH | {"sv": "gård"}, {"fi": "talo"}], "", "sv"),
    ("all words are gone", [BOTH, {}], "", ""),
    ("spaces and line breaks are no words", [BOTH, {"sv": " hus\r\n", "fi": "talo"}], "", ""),
]


@pytest.mark.parametrize(("steps", "outdated", "waiting"), [pytest.param(*life[1:], id=life[0]) for life in LIVES])
def test_a_life_of_a_text_ends_as_the_table_says(steps: Sequence[Texts], outdated: str, waiting: str) -> None:
    assert told(lived(*steps)) == (outdated, waiting)


def test_since_is_when_a_language_first_fell_behind_and_the_earliest_counts_for_the_whole() -> None:
    wording = lived({"sv": "hus", "en": "house"}, {"sv": "gård", "en": "house"}, {"sv": "torg", "en": "house"})
    assert (wording.since_fi, wording.since_en, wording.open_since) == (START, START + timedelta(hours=1), START)
    assert lived(BOTH).open_since is None


def test_words_that_were_outdated_and_taken_away_wait_anew() -> None:
    wording = lived(BOTH, BOTH | {"sv": "gård"}, {"sv": "gård"})
    assert wording.since_fi == START + timedelta(hours=2)


def test_a_promise_ends_when_the_language_has_caught_up_and_not_before() -> None:
    wording = lived(ALL, ALL | {"sv": "gård"})
    wording.promised_language, wording.promised_until = "fi", START.date()
    judge(wording, ALL | {"sv": "gård", "en": "yard"}, at=START + timedelta(hours=3))
    assert wording.promised_language == "fi"
    judge(wording, ALL | {"sv": "gård", "en": "yard", "fi": "piha"}, at=START + timedelta(hours=4))
    assert (wording.promised_language, wording.promised_until) == ("", None)


def test_the_newest_language_beside_is_the_one_that_was_changed_last() -> None:
    assert newest_beside(lived(ALL, ALL | {"sv": "gård"}), "en") == "sv"
    assert newest_beside(lived(ALL, ALL | {"en": "yard"}), "fi") == "en"
    assert newest_beside(lived({"sv": "hus"}), "sv") == ""


def test_translated_fields_are_found_by_their_descriptors() -> None:
    assert translated_fields(registry.nouns["services.service"].model) == ("name", "description", "without_device")
    assert translated_fields(registry.nouns["voices.voice"].model) == ()


def test_what_is_out_of_use_asks_for_no_translation() -> None:
    unit = registry.nouns["people.unit"].model(name_sv="Vägar", name_fi="Tiet")
    assert own_texts(unit) == {"name": {"sv": "Vägar", "fi": "Tiet", "en": ""}}
    unit.is_active = False  # type: ignore[attr-defined]
    assert own_texts(unit) == {}


WORDS = st.sampled_from(["a", "b", "c"])
TEXTS = st.fixed_dictionaries({language: WORDS | st.just("") for language in LANGUAGES})

# Generation waits when the machine is busy; there is little of it.
often = settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)


@often
@given(st.lists(TEXTS, min_size=1, max_size=8))
def test_whatever_is_edited_what_must_be_true_is_true(steps: list[Texts]) -> None:
    wording, before = Wording(key="name"), dict.fromkeys(LANGUAGES, "")
    for number, texts in enumerate(steps):
        assert judge(wording, texts, at=START + timedelta(hours=number)) is (texts != before)
        for language in LANGUAGES:
            if texts[language] != before[language] or not texts[language]:
                assert not is_stale(wording, language), "what was just written, or has no words, is not outdated"
            if is_stale(wording, language):
                newer = newest_beside(wording, language)
                assert getattr(wording, f"changed_{newer}") > getattr(wording, f"changed_{language}"), "outdated words are older than others"
            assert waits(wording, language) is (language != "en" and not texts[language] and any(texts.values()))
            assert (getattr(wording, f"since_{language}") is not None) is (is_stale(wording, language) or waits(wording, language))
        if any(texts.values()):
            assert not all(is_stale(wording, language) for language in LANGUAGES if texts[language]), "somebody always leads"
        before = texts


class Followed:
    """A second opinion, from another side: each language holds the issue of the text that it last followed."""

    def __init__(self) -> None:
        self.issue, self.held, self.texts = 0, dict.fromkeys(LANGUAGES, 0), dict.fromkeys(LANGUAGES, "")

    def write(self, texts: Texts) -> None:
        changed = [language for language in LANGUAGES if texts[language] != self.texts[language]]
        if any(self.texts[language] and self.held[language] == self.issue for language in changed):
            self.issue += 1
        self.held |= dict.fromkeys(changed, self.issue)
        self.texts = texts

    @property
    def behind(self) -> str:
        return " ".join(language for language in LANGUAGES if self.texts[language] and self.held[language] < self.issue)


@often
@given(st.lists(st.fixed_dictionaries(dict.fromkeys(LANGUAGES, WORDS)), min_size=1, max_size=8), st.sets(st.sampled_from(LANGUAGES)))
def test_a_second_opinion_finds_the_same_languages_behind(steps: list[Texts], empty_at_first: set[str]) -> None:
    wording, opinion = Wording(key="name"), Followed()
    for number, texts in enumerate(steps):
        written = texts | dict.fromkeys(empty_at_first, "") if number == 0 else texts
        judge(wording, written, at=START + timedelta(hours=number))
        opinion.write(written)
        assert told(wording)[0] == opinion.behind


@often
@given(st.text(max_size=30))
def test_a_digest_is_of_the_words_alone(text: str) -> None:
    assert (digest_of(text) == "") is (not text.split())
    assert digest_of(f"\r\n {text}\t") == digest_of(text)
