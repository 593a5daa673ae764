"""Asking the index: the same hits on every database, and nothing of what one may not see."""

import time
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogi.commons.actors import ANONYMOUS
from dialogi.commons.models import SearchEntry, Subject, Synonym
from dialogi.commons.search import SearchText, index, matching, prepare, remove, search, store, suggest
from dialogi.commons.search.query import clauses, for_postgresql, for_sqlite, parse
from dialogi.commons.search.tables import install, refill
from dialogi.commons.tests.found import STAFF, subject

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("forgotten")]


def found(query: str, **options: Any) -> list[int]:
    options = {"languages": ["fi"], "actor": ANONYMOUS, **options}
    return [hit.subject.pk for hit in search(query, **options).hits]


def test_a_text_is_found_by_any_form_of_its_words() -> None:
    made = subject("Katuvalot ovat olleet pimeinä viikon.", title="Pimeä tie Sepänkylässä")
    assert found("katuvalo") == found("sepänkylä") == found("pimeiden teiden") == [made.pk]
    assert found("kirjasto") == []


def test_the_part_of_a_compound_is_found_and_the_compound_by_its_last_part() -> None:
    made = subject("Leikkipuiston keinu on rikki.")
    other = subject("Puistossa on roskia.")
    assert found("puisto") == [other.pk, made.pk] or found("puisto") == [made.pk, other.pk]
    assert found("leikkipuisto")[0] == made.pk


def test_all_words_are_wanted_and_a_minus_takes_away() -> None:
    both = subject("Kirjaston ovi on rikki.")
    one = subject("Kirjaston lainakortti katosi.")
    assert found("kirjasto ovi") == [both.pk]
    assert found("kirjasto -lainakortti") == [both.pk]
    assert found('kirjasto -"rikki"') == [one.pk]
    assert found("-kirjasto") == []


def test_when_no_text_has_all_words_those_with_some_are_shown_and_it_is_said() -> None:
    made = subject("Uimarannan laituri on irti.")
    page = search("laituri krokotiili", languages=["fi"], actor=ANONYMOUS)
    assert [hit.subject.pk for hit in page.hits] == [made.pk]
    assert page.is_loose
    assert not search("laituri", languages=["fi"], actor=ANONYMOUS).is_loose


def test_a_word_in_the_title_weighs_more() -> None:
    body = subject("Yleistä asiaa ja lopuksi satama mainitaan kerran muiden asioiden joukossa.", title="Muuta")
    title = subject("Yleistä asiaa ilman muuta sisältöä tässä tekstissä nyt lainkaan.", title="Satama")
    assert found("satama") == [title.pk, body.pk]


def test_words_that_mean_the_same_find_each_other() -> None:
    made = subject("Katuvalo ei pala.")
    assert found("tievalaistus") == [made.pk]


def test_a_synonym_that_staff_add_works_at_once() -> None:
    made = subject("Dösä ei tullut, mopoauto meni ohi.")
    assert found("pärinäkärry") == []
    Synonym.objects.create(language="fi", word="pärinäkärry", same_as="mopoauto")
    assert found("pärinäkärry") == [made.pk]


def test_a_swedish_query_finds_finnish_texts_only_when_asked_to() -> None:
    made = subject("Katuvalo ei pala.")
    assert found("gatubelysning", languages=["sv", "fi"]) == []
    assert found("gatubelysningen", languages=["sv", "fi"], across_languages=True) == [made.pk]


def test_a_subject_with_two_languages_is_one_hit_in_the_language_that_fits() -> None:
    made = subject()
    index(made, [SearchText("fi", "Kirjasto", "Lainat"), SearchText("sv", "Bibliotek", "Lån")])
    page = search("bibliotek", languages=["sv", "fi"], actor=ANONYMOUS, across_languages=True)
    assert (page.total, len(page.hits)) == (1, 1)
    assert page.hits[0].subject == made


def test_what_is_found_in_several_languages_is_shown_in_the_readers_own_also_when_another_fits_better() -> None:
    made = subject()
    finnish = SearchText("fi", "Katuvalaistus", "Valaistus, pylväs, vilkkuu, sammunut ja viimein lamppu.")
    index(made, [SearchText("en", "Lamppu", "lamppu lamppu"), finnish])
    for first, title in (("fi", "Katuvalaistus"), ("en", "Lamppu")):
        hits = search("lamppu", languages=[first, *({"fi", "en"} - {first})], actor=ANONYMOUS).hits
        assert [(hit.subject.pk, hit.language, "".join(text for text, _hit in hit.title)) for hit in hits] == [(made.pk, first, title)]


def test_neither_hits_nor_totals_tell_of_what_one_may_not_see() -> None:
    seen = subject("Salainen silta", audience="public")
    subject("Salainen silta", audience="staff")
    subject("Salainen silta", audience="nobody")
    page = search("silta", languages=["fi"], actor=ANONYMOUS)
    assert (page.total, [hit.subject.pk for hit in page.hits]) == (1, [seen.pk])
    assert search("silta", languages=["fi"], actor=STAFF).total == 2


def test_what_becomes_hidden_is_hidden_at_once_without_indexing() -> None:
    made = subject("Veneluiska")
    Subject.objects.filter(pk=made.pk).update(audience="nobody")
    assert found("veneluiska") == []


def test_hits_are_narrowed_by_kind_and_by_any_filter() -> None:
    one = subject("Oja tulvii", kind="room.one")
    two = subject("Oja tulvii", kind="room.two", state="open")
    assert found("oja", kinds=["room.one"]) == [one.pk]
    assert found("oja", within=Subject.objects.filter(state="open")) == [two.pk]


def test_pages_follow_each_other_without_gaps_and_deep_ones_are_bounded() -> None:
    made = {subject(f"Penkki numero {number}").pk for number in range(7)}
    pages = [found("penkki", page=page, size=3) for page in (1, 2, 3)]
    assert [len(page) for page in pages] == [3, 3, 1]
    assert {pk for page in pages for pk in page} == made
    assert search("penkki", languages=["fi"], actor=ANONYMOUS, page=3, size=3).pages == 3
    deep = search("penkki", languages=["fi"], actor=ANONYMOUS, page=10**9, size=10**9)
    assert (deep.total, deep.hits, deep.size) == (7, (), 50)


def test_rows_are_replaced_and_removed_with_their_index() -> None:
    made = subject("Vanha asia")
    store(made, prepare([SearchText("fi", "Uusi", "Kaivo")]))
    assert (found("vanha"), found("kaivo")) == ([], [made.pk])
    remove(made)
    assert found("kaivo") == []
    index(made, [SearchText("fi", "", "")])
    assert not SearchEntry.objects.filter(subject=made).exists()


def test_a_change_of_terms_reaches_the_index_of_the_database() -> None:
    made = subject("Jotain")
    SearchEntry.objects.filter(subject=made).update(terms="lossi")
    assert found("lossi") == [made.pk]
    install()
    refill()
    assert found("lossi") == [made.pk]
    assert found("jotain") == []


def test_excerpts_mark_the_words_that_were_found_as_pieces() -> None:
    subject("Alku. " * 60 + "Silloin <b>hiekoitettiin</b> kunnolla. " + "Loppu. " * 60, title="Hiekoitus")
    hit = search("hiekoittaa", languages=["fi"], actor=ANONYMOUS).hits[0]
    assert hit.title == [("Hiekoitus", True)]
    assert ("hiekoitettiin", True) in hit.excerpt
    assert hit.excerpt[0] == ("… ", False)
    assert len("".join(text for text, _ in hit.excerpt)) < 320
    assert "<b>" in "".join(text for text, _ in hit.excerpt)


def test_a_query_that_is_still_being_typed_finds_what_begins_so() -> None:
    made = subject("Vägar", title="Vinterunderhåll av vägar", language="sv")
    assert [hit.subject.pk for hit in suggest("vinteru", languages=["sv"], actor=ANONYMOUS)] == [made.pk]
    assert suggest("vinteru ", languages=["sv"], actor=ANONYMOUS) == ()
    assert suggest("xy", languages=["sv"], actor=ANONYMOUS) == ()


@pytest.mark.parametrize("query", [
    "", " ", '"', '""', "-", "--", '-""', "*", "a*", "(", ")", "AND", "NOT", "OR NEAR(", "terms:x", "^silta", "silta^2", "'; DROP TABLE commons_subject; --",
    '" OR ""', "silta AND", "NEAR(silta ovi)", "{terms}: silta", "%", "\\", "\x00", "silta\x00ovi", "' | '", "!!", "a & b | !c", "silta:*", "&", "<->",
])  # fmt: skip
def test_signs_that_mean_something_to_a_database_mean_nothing(query: str) -> None:
    subject("Silta ja ovi")
    search(query, languages=["fi", "sv", "en"], actor=ANONYMOUS, across_languages=True)
    suggest(query, languages=["fi"], actor=ANONYMOUS)
    assert Subject.objects.exists()


@given(st.text(max_size=120))
@settings(max_examples=60, deadline=None)
def test_any_query_is_answered(query: str) -> None:
    search(query, languages=["fi", "sv"], actor=ANONYMOUS, across_languages=True)
    suggest(query, languages=["sv"], actor=ANONYMOUS)


@given(st.text(max_size=600))
@settings(max_examples=200, deadline=None)
def test_a_parsed_query_is_bounded_and_written_without_foreign_signs(query: str) -> None:
    asked = parse(query)
    assert len(asked) <= 16
    wanted = clauses(asked, languages=["xx"], across_languages=False)["xx"]
    assert set(for_sqlite(wanted).replace("OR", "").replace("AND", "").replace("NOT", "")) & set("^:{}+;'\\") == set()
    assert set(for_postgresql(wanted)) & set('^{}+;"\\<>%') == set()


@given(st.text(min_size=1, max_size=200))
@settings(max_examples=60, deadline=None)
def test_the_database_keeps_the_terms_as_the_analyser_made_them(body: str) -> None:
    rows = prepare([SearchText("fi", "", body)])
    if not rows or connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT tsvector_to_array(to_tsvector('simple', %s))", [rows[0].terms])
        assert set(cursor.fetchone()[0]) == set(rows[0].terms.split())


@pytest.mark.parametrize("query", ["ö" * 100_000, "sana " * 20_000, '"' * 100_000, "-" * 100_000, "a\u0308" * 50_000, "kaupunginhallituksenpäätös" * 4_000])
def test_a_hundred_kilobytes_of_garbage_are_answered_quickly(query: str) -> None:
    subject("Silta")
    search("silta", languages=["fi"], actor=ANONYMOUS)
    begun = time.process_time()
    search(query, languages=["fi", "sv", "en"], actor=ANONYMOUS, across_languages=True)
    assert time.process_time() - begun < 1


def test_the_terms_command_prints_a_line_a_word(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("search_terms", "koulu", "kouluissa", "tievalaistus", language="fi")
    lines = capsys.readouterr().out.splitlines()
    assert lines[:2] == ["koulu", "koulu"]
    assert "katuvalo" in lines[2].split()
    assert len(lines) == 3


def test_lists_with_filters_of_their_own_get_all_ids_at_once_in_the_same_order() -> None:
    for number in range(5):
        subject(f"Kaivo {'kaivo ' * number}")
    subject("Kaivo", audience="staff")
    assert matching("kaivot", languages=["fi"], actor=ANONYMOUS) == found("kaivot")
    assert len(matching("kaivot", languages=["fi"], actor=ANONYMOUS, limit=3)) == 3
    assert matching("", languages=["fi"], actor=ANONYMOUS) == []


def test_turning_the_pages_of_loose_hits_stays_loose() -> None:
    for number in range(5):
        subject(f"Veneluiska {number}")
    pages = [search("veneluiska krokotiili", languages=["fi"], actor=ANONYMOUS, page=number, size=2) for number in (1, 2, 3)]
    assert [(page.total, len(page.hits), page.is_loose) for page in pages] == [(5, 2, True), (5, 2, True), (5, 1, True)]
