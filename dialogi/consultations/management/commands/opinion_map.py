"""The opinion map of a plain file of votes, so that the mathematics can be held against published conversations."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from dialogi.consultations.opinion.findings import Finding, Found
from dialogi.consultations.opinion.mapping import find_opinions
from dialogi.consultations.opinion.reading import read_votes
from dialogi.consultations.opinion.votes import VotesError

OUTCOMES = {
    "groups": "There are groups that vote apart.",
    "no_clear_groups": "There are no clear groups.",
    "too_few": "Too few have voted enough for a map.",
}
REASONS = {
    "too_few_people": "fewer than fifteen people have voted on enough statements",
    "all_alike": "everybody voted alike",
    "no_pattern": "what somebody says about one statement tells nothing about what they say about another",
    "too_small": "every way to divide leaves a group so small that its members could be recognised",
    "not_apart": "opinions lie along a scale without gaps; any border would be drawn by hand",
    "unstable": "other groups would come out if a few people had not taken part",
}


class Command(BaseCommand):
    """./manage opinion_map --votes FILE.csv [--json]"""

    help = "Compute groups, consensus and representative statements from a file of votes: a row a participant, a column a statement; 1, -1, 0 or empty."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take a file."""
        words = "the first line names the statements; a first column 'participant' is optional"
        parser.add_argument("--votes", required=True, type=Path, metavar="FILE.csv", help=words)
        parser.add_argument("--json", action="store_true", help="everything, with where each participant stands")

    def handle(self, **options: Any) -> None:
        """Read, compute, tell."""
        try:
            found = find_opinions(read_votes(options["votes"]))
        except VotesError as error:
            raise CommandError(f"{options['votes']}: {error}") from error
        self.stdout.write(as_json(found) if options["json"] else "\n".join(in_words(found.finding)))


def as_json(found: Found) -> str:
    """Everything; each participant's group too, for whoever holds the file holds the votes."""
    return json.dumps(found.finding.as_data() | {"participants": [asdict(standing) for standing in found.standings]}, ensure_ascii=False, indent=1)


def in_words(finding: Finding) -> list[str]:
    """A summary for a reader."""
    coverage = finding.coverage
    told = [f"{coverage.participants} participants, {coverage.placed} with {coverage.votes_to_be_placed} votes or more", OUTCOMES[finding.outcome]]
    if finding.reason:
        told.append(f"Why: {REASONS[finding.reason]}.")
    for group in finding.groups:
        told.append(f"Group {group.letter}: {group.size} people, stability {group.stability:.2f}")
        told += [
            f"  {one.side} {one.count} of {one.seen} (others {one.count_elsewhere} of {one.seen_elsewhere}): {one.statement}" for one in group.representative
        ]
    told += [f"Consensus to {one.side}: {one.statement}" for one in finding.consensus]
    told += [f"Divides: {one.statement}" for one in finding.divisive]
    return told
