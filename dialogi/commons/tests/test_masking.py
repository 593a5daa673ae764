"""Personal data is found where it has a form, and left alone where it only looks like it."""

import itertools
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogi.commons.text import PersonalData, Span, mask_personal_data, masked
from dialogi.commons.text.masking import _CHECK_SIGNS


def found(text):
    return [(span.kind.value, text[span.start : span.end]) for span in mask_personal_data(text)]


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("Mitt nummer är 131052-308T, ring.", "identity_code", "131052-308T"),
        ("hetu 131052–308t", "identity_code", "131052–308t"),  # a word processor's dash, small letter
        ("hetu 131052 - 308T", "identity_code", "131052 - 308T"),
        ("010594Y9021", "identity_code", "010594Y9021"),
        ("020516C903K.", "identity_code", "020516C903K"),
        ("syntynyt 280264+051U", "identity_code", "280264+051U"),
        ("tili FI21 1234 5600 0007 85 OK", "account", "FI21 1234 5600 0007 85"),
        ("fi2112345600000785", "account", "fi2112345600000785"),
        ("konto SE45 5000 0000 0583 9825 7466", "account", "SE45 5000 0000 0583 9825 7466"),
        ("skriv till anna.åberg+x@exempel.fi!", "email", "anna.åberg+x@exempel.fi"),
        ("anna (at) exempel.fi", "email", "anna (at) exempel.fi"),
        ("ring 050 123 4567 efter fyra", "phone", "050 123 4567"),
        ("0501234567", "phone", "0501234567"),
        ("+358 (0)50 123 4567", "phone", "+358 (0)50 123 4567"),
        ("puh. 06-327 7111.", "phone", "06-327 7111"),
        ("(06) 327 7111", "phone", "(06) 327 7111"),
        ("0046 70 123 45 67", "phone", "0046 70 123 45 67"),
        ("bor på Storgatan 12 B 4 i", "address", "Storgatan 12 B 4"),
        ("asun Koulutie 5 as. 3", "address", "Koulutie 5 as. 3"),
        ("Gamla Karlebyvägen 101 lgh 12", "address", "Gamla Karlebyvägen 101 lgh 12"),
        ("koulukatu 3b 12", "address", "koulukatu 3b 12"),
        ("Bilen ABC-123 stod där", "plate", "ABC-123"),
        ("auto abc-123", "plate", "abc-123"),
    ],
)
def test_personal_data_is_found(text, kind, words):
    assert found(text) == [(kind, words)]


@pytest.mark.parametrize(
    "text",
    [
        "131052-308U",  # wrong check sign
        "310252-308T and 131352-3084",  # no such day
        "A131052-308TB",
        "Hålet är vid Skolvägen 5.",  # a place, not somebody's home
        "Koulutie 5 ja Koulutie 7",
        "jag väntade på Skolvägen 5 i 10 minuter",
        "öppet 08-16, 01.02.2024 och 01-02-2024",
        "65610 Korsholm, 00100 Helsinki",
        "FI21 1234 5600 0007 86",  # wrong check digits
        "COVID-19, EU-27, ICT-2, TV-5",
        "112 och 116 117",
        "kostade 1 250 000 euro år 2026",
        "dnr 123/2026, § 45",
        "klockan 12 @ biblioteket",
    ],
)
def test_what_only_looks_like_personal_data_is_left_alone(text):
    assert found(text) == []


@pytest.mark.parametrize("sign", list("+-UVWXYABCDEF"))
def test_every_century_sign_is_known(sign):
    digits = "010190" + "123"
    code = f"010190{sign}123{_CHECK_SIGNS[int(digits) % 31]}"
    assert found(f"({code})") == [("identity_code", code)]


def test_without_the_check_sign_one_in_thirty_one_would_be_enough():
    hits = [sign for sign in _CHECK_SIGNS if found(f"131052-308{sign}")]
    assert hits == ["T"]


def test_spans_come_in_order_and_each_is_replaced_in_the_language_of_the_text():
    text = "Ring 050 123 4567 eller skriv anna@exempel.fi, 131052-308T."
    assert (
        masked(text, mask_personal_data(text), language="sv")
        == "Ring [telefonnumret borttaget] eller skriv [e-postadressen borttagen], [personbeteckningen borttagen]."
    )
    assert masked("Soita 050 123 4567", mask_personal_data("Soita 050 123 4567"), language="fi") == "Soita [puhelinnumero poistettu]"
    assert "050" not in masked(text, mask_personal_data(text), language="en")


def test_a_person_can_mark_a_name_and_overlaps_leave_no_rest():
    text = "Anna Svensson gjorde det"
    spans = [Span(PersonalData.NAME, 0, 13), Span(PersonalData.OTHER, 5, 20), Span(PersonalData.OTHER, 22, 900)]
    assert masked(text, spans, language="en") == "[name removed] d[personal data removed]"


@given(st.text(st.sampled_from("0123456789-+ABCFITafi@. ()åvägengatan/"), max_size=80))
def test_no_text_breaks_the_finder_and_spans_never_overlap(text):
    spans = mask_personal_data(text)
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(left.end <= right.start for left, right in itertools.pairwise(spans))
    masked(text, spans, language="en")


@pytest.mark.parametrize("piece", ["0", "a", "A-", "0 ", "a.", "FI00 ", "vägen ", "Aa ", "1-", "gatan", "+1", "a@", "(0", "ABC-", "A1 "])
def test_a_hundred_thousand_characters_are_searched_quickly(piece):
    started = time.process_time()
    mask_personal_data((piece * 100_000)[:100_000])
    assert time.process_time() - started < 2
