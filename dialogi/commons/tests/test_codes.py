"""Codes: every slip of tongue or pen is caught, and the error says what to look at."""

import itertools

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from dialogi.commons import codes

signs = st.sampled_from(codes.ALPHABET)
bodies = st.text(signs, min_size=1, max_size=codes.RECEIPT_LENGTH - 1)


def complete(body):
    return body + codes.check_sign(body)


def is_right(code):
    return codes.explain(code, length=len(codes.normalise(code))) == ""


@given(bodies)
def test_every_single_wrong_sign_is_caught(body):
    code = complete(body)
    for place, sign in itertools.product(range(len(code)), codes.ALPHABET):
        wrong = code[:place] + sign + code[place + 1 :]
        assert is_right(wrong) == (wrong == code)


@given(bodies)
def test_every_swap_of_two_signs_is_caught_even_when_they_are_not_neighbours(body):
    code = complete(body)
    for left, right in itertools.combinations(range(len(code)), 2):
        swapped = list(code)
        swapped[left], swapped[right] = swapped[right], swapped[left]
        assert is_right("".join(swapped)) == (code[left] == code[right])


def test_short_codes_are_proven_for_every_pair_of_neighbours_and_every_place():
    for first, second in itertools.product(codes.ALPHABET, repeat=2):
        for place in range(codes.SHORT_LENGTH - 2):
            body = "2" * place + first + second + "2" * (codes.SHORT_LENGTH - 3 - place)
            code = complete(body)
            assert is_right(code)
            swapped = code[:place] + second + first + code[place + 2 :]
            assert is_right(swapped) == (first == second)


def test_without_the_check_digit_the_same_slips_would_pass():
    code = complete("KR4F7MP")
    slip = "RK" + code[2:]
    assert not is_right(slip)
    assert all(sign in codes.ALPHABET for sign in slip)


def test_more_signs_than_the_weights_can_tell_apart_are_refused():
    with pytest.raises(ValueError, match="sixteen"):
        codes.check_sign("2" * codes.RECEIPT_LENGTH)


def test_the_alphabet_holds_nothing_that_is_confused_or_spells_a_word():
    assert len(set(codes.ALPHABET)) == 17
    assert not set(codes.ALPHABET) & set("0O1ILUVQDZSGBCNHAEIY")


def test_a_receipt_code_has_at_least_sixty_bits_and_is_never_the_same():
    assert len(codes.ALPHABET) ** (codes.RECEIPT_LENGTH - 1) > 2**60
    made = {codes.new_receipt_code() for _time in range(500)}
    assert len(made) == 500
    for code in made:
        assert [len(part) for part in code.split("-")] == [4, 4, 4, 4]
        assert codes.explain(code) == ""


def test_a_short_code_is_six_signs_and_right():
    code = codes.new_short_code()
    assert len(code) == 6
    assert codes.read_code(code, length=codes.SHORT_LENGTH) == code
    assert codes.grouped(code) == f"{code[:3]}-{code[3:]}"


@given(st.booleans(), st.lists(st.sampled_from([" ", "-", "–", "\u00a0", ".", ""]), min_size=16, max_size=16))
def test_however_a_code_is_written_it_is_the_same_code(lower, gaps):
    code = complete("KR4F7MPT2XWJ983")
    written = "".join(gap + sign for gap, sign in zip(gaps, code.lower() if lower else code, strict=True))
    assert codes.read_code(written) == code
    assert codes.digest(written) == codes.digest(code)


@pytest.mark.parametrize(("written", "read"), [("v", "W"), ("n", "M"), ("d", "T"), ("z", "2"), ("g", "6"), ("Ｋ", "K"), ("s", "S"), ("o", "O")])
def test_a_wrong_sign_is_put_right_only_when_it_can_have_been_one_thing(written, read):
    assert codes.normalise(written) == read


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("", "Write the code."),
        (" - ", "Write the code."),
        ("KR4F-7MP", "too short: 9 signs are missing"),
        ("KR4F-7MPT-2XWJ-983", "too short: 1 sign is missing"),
        ("KR4F-7MPT-2XWJ-9833-3", "too long: there is 1 sign too many"),
        ("KR4F-7MPT-2XWJ-983O", "The sign O is never in a code"),
        ("KR4F-7MPT-2XWJ-98\x003", "cannot be read"),
        ("KR4F-7MPT-2XWJ-98\ud8003", "cannot be read"),
        ("22222222 2222 2223", "One sign in the code is wrong"),
    ],
)
def test_the_error_says_what_to_look_at(written, words):
    with override("en"):
        assert words in codes.explain(written)
        with pytest.raises(ValidationError, match=words.replace(".", r"\.")):
            codes.read_code(written)


@given(st.text(max_size=60))
def test_no_text_whatever_breaks_the_reading_of_a_code(text):
    codes.explain(text)
    codes.digest(text)
    codes.spoken(text, "fi")


def test_ten_megabytes_of_code_are_answered_at_once():
    assert codes.explain("K" * 10_000_000)


def test_the_stored_hash_needs_the_server_key_and_old_keys_still_find_it(settings):
    code = codes.new_receipt_code()
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "old", []
    stored = codes.digest(code)
    assert code.replace("-", "") not in stored
    settings.SECRET_KEY = "new"
    assert codes.digest(code) != stored
    assert stored not in codes.digests(code)
    settings.SECRET_KEY_FALLBACKS = ["old"]
    assert stored in codes.digests(code)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("sv", ("K som Kalle", "7 sju", "X som Xerxes")),
        ("fi", ("K niin kuin Kalle", "7 seitsemän", "X niin kuin äksä")),
        ("en", ("K as in Kilo", "7 seven", "X as in X-ray")),
    ],
)
def test_a_clerk_can_read_a_code_aloud(language, words):
    assert codes.spoken("k7-x", language) == words


@pytest.mark.parametrize("language", ["sv", "fi", "en"])
def test_every_sign_can_be_said(language):
    assert all(len(words) > 3 for words in codes.spoken(codes.ALPHABET, language))


@pytest.mark.parametrize(("text", "is_one"), [("123/00.04.01/2026", True), ("1/10.03/2025", True), ("123/2026", False), ("123/00.04.01/26", False), ("", False)])
def test_a_case_number_is_told_by_its_form(text, is_one):
    assert codes.is_case_number(text) == is_one
