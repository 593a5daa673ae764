"""./manage opinion_map, as somebody uses it who holds the mathematics against a published conversation."""

import csv
import json

import pytest
from django.core.management import CommandError, call_command

from dialogi.consultations.opinion.tests.planting import noise, planted


def write(path, votes):
    """Votes as the file that the command takes."""
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["participant", *votes.statements])
        for row, name in enumerate(votes.participants):
            cells = dict(zip(votes.columns[votes.starts[row] : votes.starts[row + 1]], votes.values[votes.starts[row] : votes.starts[row + 1]], strict=True))
            writer.writerow([name, *(cells.get(column, "") for column in range(len(votes.statements)))])
    return path


def test_groups_consensus_and_representative_statements_come_as_json(tmp_path, capsys):
    votes, truth = planted([30, 20], 14, sure=0.95, seen=0.9)
    call_command("opinion_map", votes=write(tmp_path / "votes.csv", votes), json=True)
    told = json.loads(capsys.readouterr().out)

    assert told["outcome"] == "groups"
    assert [group["size"] for group in told["groups"]] == [30, 20]
    assert told["groups"][0]["representative"][0]["side"] == "agree"
    assert len(told["statements"]) == 14
    assert {one["group"] for one in told["participants"] if truth[one["participant"]] == 0} == {"A"}
    assert {"consensus", "divisive", "picture", "coverage", "clarity"} <= set(told)


def test_no_clear_groups_are_told_in_words(tmp_path, capsys):
    call_command("opinion_map", votes=write(tmp_path / "votes.csv", noise(40, 12)))
    told = capsys.readouterr().out

    assert "There are no clear groups." in told
    assert "tells nothing about what they say about another" in told


def test_groups_are_told_in_words(tmp_path, capsys):
    call_command("opinion_map", votes=write(tmp_path / "votes.csv", planted([30, 20], 14)[0]))
    told = capsys.readouterr().out

    assert "Group A: 30 people" in told
    assert "  agree " in told


def test_a_broken_file_is_refused_with_its_name_line_and_column(tmp_path):
    path = tmp_path / "votes.csv"
    path.write_text("participant,12\nanna,maybe\n")

    with pytest.raises(CommandError, match=r"votes\.csv: line 2, column 2 \(statement '12'\): 'maybe' is no vote"):
        call_command("opinion_map", votes=path)
