"""Words find each other: inflected, compound, derived; in Finnish and Swedish."""

import csv
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogi.commons.language import analyse, indexable, normal, query_terms, sort_key, terms, words
from dialogi.commons.language.compounds import cut
from dialogi.commons.language.readings import readings

HERE = Path(__file__).parent
ANY_TEXT = st.text(max_size=200)
LETTERS = st.text(alphabet="abdefghijklmnoprstuvyåäö", min_size=1, max_size=45)


def pairs(name: str) -> list[tuple[str, str, str, bool]]:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return [(row["language"], row["query"], row["text"], row["should_match"] == "1") for row in csv.DictReader(file)]


def meets(query: str, text: str, language: str) -> bool:
    return not set(terms(query, language=language)).isdisjoint(terms(text, language=language))


@pytest.mark.parametrize(("name", "language", "found_of", "false_of"), [
    ("pairs.csv", "fi", (19, 20), (0, 10)),
    ("pairs.csv", "sv", (10, 10), (0, 5)),
    ("more_pairs.csv", "fi", (121, 121), (0, 49)),
    ("more_pairs.csv", "sv", (138, 138), (0, 42)),
    ("unseen_pairs.csv", "fi", (32, 33), (2, 15)),
    ("unseen_pairs.csv", "sv", (37, 39), (2, 11)),
])  # fmt: skip
def test_words_find_their_other_forms_and_hardly_anything_else(name: str, language: str, found_of: tuple[int, int], false_of: tuple[int, int]) -> None:
    mine = [pair for pair in pairs(name) if pair[0] == language]
    missed = [(query, text) for _, query, text, should in mine if should and not meets(query, text, language)]
    false = [(query, text) for _, query, text, should in mine if not should and meets(query, text, language)]
    assert len(missed) <= found_of[1] - found_of[0], missed
    assert len(false) <= false_of[0], false


@pytest.mark.parametrize(("word", "language", "expected"), [
    ("lumenauraus", "fi", {"lumi", "auraus", "aurata"}),
    ("varhaiskasvatuksessa", "fi", {"varhaiskasvatus", "kasvatus", "varhainen"}),
    ("linja-autolla", "fi", {"linjaauto", "auto", "linja"}),
    ("gatubelysningens", "sv", {"gatubelysning", "belysning", "gata"}),
    ("busshållplatserna", "sv", {"busshållplats", "hållplats", "buss"}),
    ("idrottshallen", "sv", {"idrottshall", "hall", "idrott"}),
    ("children", "en", {"child"}),
])  # fmt: skip
def test_a_compound_is_found_by_itself_and_by_its_parts(word: str, language: str, expected: set[str]) -> None:
    assert expected <= set(terms(word, language=language))


@pytest.mark.parametrize(("word", "language"), [("valokuva", "fi"), ("koulutus", "fi"), ("skolning", "sv"), ("asfaltering", "sv"), ("handling", "sv")])
def test_a_word_that_only_looks_like_a_compound_is_left_whole(word: str, language: str) -> None:
    assert cut(word, language) is None


def test_a_form_with_a_rare_verb_behind_it_is_also_read_as_the_noun() -> None:
    assert "silta" in readings("sillan", "fi")
    assert "träd" in readings("träden", "sv")
    assert readings("buss", "sv") == ("buss",)


def test_a_query_is_answered_by_the_last_part_of_a_compound_but_not_by_every_road() -> None:
    assert "auraus" in query_terms("lumenauraus", language="fi")[0]
    assert "lumi" not in query_terms("lumenauraus", language="fi")[0]
    assert "tie" not in query_terms("pyörätie", language="fi")[0]


def test_composed_and_decomposed_letters_are_the_same_word() -> None:
    assert terms("pa\u0308iva\u0308kodissa", language="fi") == terms("päiväkodissa", language="fi")
    assert terms("päivä\u00adkodissa", language="fi") == terms("päiväkodissa", language="fi")


def test_another_language_is_found_by_its_words_as_they_stand() -> None:
    assert terms("привет, мир", language="ru") == ["привет", "мир"]


@given(ANY_TEXT, st.sampled_from(["fi", "sv", "en", "xx"]))
@settings(max_examples=150, deadline=None)
def test_whatever_is_written_becomes_terms_of_letters_and_digits(text: str, language: str) -> None:
    for term in terms(text, language=language):
        assert term == indexable(term) == term.lower()
        assert term


@given(LETTERS, st.sampled_from(["fi", "sv"]))
@settings(max_examples=200, deadline=None)
def test_a_cut_gives_parts_that_make_up_the_word(word: str, language: str) -> None:
    found = cut(word, language)
    if found is not None:
        assert found.first
        assert found.last
        assert all(whole.startswith(word[:2]) for whole in found.whole)


@given(ANY_TEXT)
@settings(max_examples=150, deadline=None)
def test_each_word_lies_where_it_says(text: str) -> None:
    clean = normal(text)
    for word in words(clean):
        assert clean[word.start : word.end].lower().replace("’", "'").startswith(word.form[:1])


def test_a_hundred_kilobytes_of_anything_are_bounded() -> None:
    assert len(terms("a" * 100_000, language="fi")) == 0
    assert len(terms("pääkö " * 20_000, language="fi")) < 12_000
    assert analyse("ö" * 60, "sv").own


def test_names_sort_as_in_finnish_and_swedish() -> None:
    names = ["Östra", "Åbo", "Ärla", "Zeta", "Vörå", "Wasa", "Vasa", "Talo 10", "Talo 2", "Édsvik", "zz"]
    assert sorted(names, key=lambda name: sort_key(name, "fi")) == ["Édsvik", "Talo 2", "Talo 10", "Vasa", "Vörå", "Wasa", "Zeta", "zz", "Åbo", "Ärla", "Östra"]
    assert sort_key("Åbo", "en") < sort_key("Bergö", "en")


@given(ANY_TEXT)
def test_a_sort_key_holds_only_what_every_database_sorts_alike(text: str) -> None:
    key = sort_key(text, "sv")
    assert len(key) <= 400
    assert key == "" or (key.isascii() and key.isalnum() and key == key.lower())
