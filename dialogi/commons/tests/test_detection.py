"""Which language a few words are in."""

import csv
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogi.commons.language import detect_language

with (Path(__file__).parent / "short_texts.csv").open(encoding="utf-8", newline="") as file:
    TEXTS = [(row["language"], row["text"]) for row in csv.DictReader(file)]


@pytest.mark.parametrize(("language", "text"), TEXTS)
def test_a_few_words_with_faults_are_recognised(language: str, text: str) -> None:
    assert detect_language(text).language == language


def test_there_are_thirty_texts_of_each_language() -> None:
    assert all(sum(language == wanted for language, _ in TEXTS) >= 30 for wanted in ("fi", "sv", "en"))


@pytest.mark.parametrize("text", ["", "1234", "!!!", "привет как дела", "مرحبا"])
def test_without_evidence_nothing_is_claimed(text: str) -> None:
    guess = detect_language(text, default="fi")
    assert guess.language == "fi"
    assert guess.confidence == 0


def test_a_name_alone_is_less_sure_than_a_sentence() -> None:
    assert detect_language("Smedsby").confidence < 0.7 < detect_language("Gatlampan är sönder i Smedsby").confidence


def test_a_foreign_name_does_not_turn_the_language() -> None:
    assert detect_language("Katuvalo on rikki kadulla Gamla Karlebyvägen, lähellä Smedsby Center").language == "fi"
    assert detect_language("Lampan lyser inte vid Sepänkylän koulu").language == "sv"


@given(st.text(max_size=300))
@settings(max_examples=100, deadline=None)
def test_any_text_gets_a_guess_between_nothing_and_certain(text: str) -> None:
    guess = detect_language(text)
    assert guess.language in {"fi", "sv", "en"}
    assert 0 <= guess.confidence <= 1
