"""A file of votes is read, or it is said in words what is wrong with it and on which line and in which column."""

import io

import pytest

from dialogi.consultations.opinion import reading
from dialogi.consultations.opinion.reading import read_votes, votes_in
from dialogi.consultations.opinion.votes import Vote, VotesError

GOOD = "participant,12,13,14\nanna,1,-1,\nbo,0,,1\n"


def read(text):
    """Votes of a text."""
    return votes_in(io.StringIO(text))


def test_participants_and_statements_have_their_names():
    votes = read(GOOD)

    assert votes.participants == ("anna", "bo")
    assert votes.statements == ("12", "13", "14")
    assert votes.seen.tolist() == [2, 1, 1]
    assert votes.of(Vote.PASS).tolist() == [1, 0, 0]


def test_without_a_first_column_participants_are_numbered():
    votes = read("12,13\n1,-1\n,0\n")

    assert votes.participants == ("1", "2")
    assert votes.given.tolist() == [2, 1]


def test_a_published_conversation_of_polis_is_read_as_it_is():
    votes = read("participant,group-id,n-comments,n-votes,n-agree,n-disagree,0,1\n7,0,12,2,1,1,1,-1\n8,,0,1,0,0,,0\n")

    assert votes.participants == ("7", "8")
    assert votes.statements == ("0", "1")
    assert votes.values.tolist() == [1, -1, 0]


@pytest.mark.parametrize(
    "text",
    [
        GOOD.replace(",", ";"),
        GOOD.replace(",", "\t"),
        GOOD.replace("\n", "\r\n"),
        "\ufeff" + GOOD,
        GOOD.replace("participant", "Participant "),
        GOOD.replace(",1,-1,", ", 1 ,-1.0, "),
        GOOD.rstrip("\n"),
        GOOD + "\n\n",
    ],
    ids=["semicolons", "tabs", "windows", "mark", "capital", "blanks and decimals", "no last line end", "empty lines"],
)
def test_the_ways_in_which_programs_write_tables_are_all_read(text, tmp_path):
    path = tmp_path / "votes.csv"
    path.write_text(text, encoding="utf-8", newline="")
    votes = read_votes(path)

    assert votes.participants == ("anna", "bo")
    assert votes.values.tolist() == [1, -1, 0, 1]
    assert votes.columns.tolist() == [0, 1, 0, 2]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("participant,12\nanna,2\n", r"line 2, column 2 \(statement '12'\): '2' is no vote; write 1 \(agree\)"),
        ("12,13\n1,1\n1,ja\n", r"line 3, column 2 \(statement '13'\): 'ja' is no vote"),
        ("participant,12,13\nanna,1\n", "line 2: 2 columns, but the first line names 3"),
        ("participant,12\nanna,1,1\n", "line 2: 3 columns"),
        ("participant,12\nanna,1\nanna,0\n", r"line 3, column 1 \(participant\): 'anna' stands on line 2 already"),
        ("participant,12\n,1\n", r"line 2, column 1 \(participant\): the participant has no name"),
        ("participant,12,12\nanna,1,1\n", "line 1, column 3: '12' names two statements"),
        ("participant,12,\nanna,1,1\n", "line 1, column 3: the statement has no name"),
        ("participant\nanna\n", "line 1: the first line must name the statements"),
        ("", "line 1: the first line must name the statements"),
        ('participant,12\nanna,"1\n' + "x" * 200_000, "field larger than"),
    ],
)
def test_a_broken_file_is_told_with_its_place(text, words):
    with pytest.raises(VotesError, match=words):
        read(text)


def test_an_empty_line_does_not_shift_the_numbers_of_lines():
    with pytest.raises(VotesError, match="line 5"):
        read("12\n1\n\n1\n9\n")


def test_what_is_no_text_is_said_to_be_none(tmp_path):
    path = tmp_path / "votes.csv"
    path.write_bytes(b"participant,12\nanna,1\n\xff\xfe\x00,1\n")

    with pytest.raises(VotesError, match="not text in UTF-8"):
        read_votes(path)


def test_a_file_that_is_not_there_is_said_to_be_missing(tmp_path):
    with pytest.raises(VotesError, match="cannot be read: No such file"):
        read_votes(tmp_path / "gone.csv")


@pytest.mark.parametrize(
    ("limit", "most", "words"),
    [
        ("MOST_BYTES", 10, "MB at most"),
        ("MOST_STATEMENTS", 2, "3 statements; 2 at most"),
        ("MOST_PARTICIPANTS", 1, "line 3: more than 1 participants"),
        ("MOST_VOTES", 2, "or 2 votes"),
    ],
)
def test_a_file_that_is_too_large_is_refused(limit, most, words, monkeypatch, tmp_path):
    path = tmp_path / "votes.csv"
    path.write_text(GOOD)
    assert len(read_votes(path)) == 4

    monkeypatch.setattr(reading, limit, most)
    with pytest.raises(VotesError, match=words):
        read_votes(path)
