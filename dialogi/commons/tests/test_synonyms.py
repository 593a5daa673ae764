"""Staff keep the words that mean the same."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace

import pytest
from django.core.exceptions import ValidationError

from dialogi.commons.actors import ANONYMOUS
from dialogi.commons.models import Synonym
from dialogi.commons.permissions import NotAllowed
from dialogi.commons.search import SearchText, prepare, synonyms
from dialogi.commons.search.actions import add_synonym, change_synonym, remove_synonym
from dialogi.commons.tests.found import STAFF

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("forgotten")]
EDITOR = replace(STAFF, reviews=True)


def alike(word: str, source: str = "fi", target: str = "fi") -> set[str]:
    return synonyms.groups_of({source: [word]}).alternatives(word, source=source, target=target)


def test_an_editor_adds_changes_and_removes_a_word() -> None:
    added = add_synonym(by=EDITOR, language="fi", word=" Pärinäkärry ", same_as="mopoauto")
    assert alike("pärinäkärry") == {"mopoauto"}
    change_synonym(added, by=EDITOR, language="fi", word="pärinäkärry", same_as="mönkijä")
    assert alike("pärinäkärry") == {"mönkijä"}
    remove_synonym(added, by=EDITOR)
    assert alike("pärinäkärry") == set()


@pytest.mark.parametrize("actor", [ANONYMOUS, STAFF])
def test_nobody_else_touches_the_words(actor) -> None:
    row = Synonym.objects.create(language="fi", word="pärinäkärry", same_as="mopoauto")
    with pytest.raises(NotAllowed):
        add_synonym(by=actor, language="fi", word="a", same_as="b")
    with pytest.raises(NotAllowed):
        change_synonym(row, by=actor, language="fi", word="a", same_as="b")
    with pytest.raises(NotAllowed):
        remove_synonym(row, by=actor)
    assert Synonym.objects.filter(word="pärinäkärry").exists()


@pytest.mark.parametrize("word", ["kaksi sanaa", "", "a*b", '"'])
def test_a_word_that_is_no_word_is_refused(word: str) -> None:
    with pytest.raises(ValidationError):
        add_synonym(by=EDITOR, language="fi", word=word, same_as="mopoauto")


def test_the_same_pair_twice_is_refused_with_a_sentence() -> None:
    add_synonym(by=EDITOR, language="fi", word="pärinäkärry", same_as="mopoauto")
    with pytest.raises(ValidationError, match="Ordparet finns redan"):
        add_synonym(by=EDITOR, language="fi", word="pärinäkärry", same_as="mopoauto")


def test_a_text_is_also_indexed_under_the_first_word_of_its_group() -> None:
    add_synonym(by=EDITOR, language="fi", word="mopoauto", same_as="mopoauto")
    add_synonym(by=EDITOR, language="fi", word="pärinäkärry", same_as="mopoauto")
    assert "mopoauto" in prepare([SearchText("fi", "", "Pärinäkärry rallattelee yöllä")])[0].terms.split()


def test_the_shipped_words_are_loaded_and_speak_both_languages() -> None:
    assert Synonym.objects.filter(is_shipped=True).count() == len(set(synonyms.shipped())) > 700
    assert "lumenauraus" in alike("snöröjning", "sv", "fi")
    assert "gatubelysning" in alike("katuvalo", "fi", "sv")


def test_words_of_all_languages_are_looked_up_by_one_statement(django_assert_num_queries: Callable[[int], AbstractContextManager[object]]) -> None:
    with django_assert_num_queries(1):
        groups = synonyms.groups_of({"sv": ["snöröjning", "skola"], "fi": ["katuvalo"], "en": []})
    assert "lumenauraus" in groups.alternatives("snöröjning", source="sv", target="fi")
    assert groups.alternatives("snöröjning", source="fi", target="sv") == set(), "a word of another language"
    with django_assert_num_queries(0):
        assert synonyms.groups_of({"sv": []}).alternatives("skola", source="sv", target="sv") == set()
