"""The numbers that decide what is shown. Reasons and sources: docs/opinion-map.md."""

from __future__ import annotations

# Polis places whoever has voted seven times, or on everything where there is less.
VOTES_TO_BE_PLACED = 7
# Fewer people than this and there is no map, only the table of statements.
PEOPLE_FOR_A_MAP = 15
# The five of the statistics: a smaller group could be recognised, and says nothing about a town.
SMALLEST_GROUP = 5
SMALLEST_SHARE = 0.02
MOST_GROUPS = 5
# Five groups can lie in four directions.
MOST_DIRECTIONS = MOST_GROUPS - 1
# Kaufman and Rousseeuw: below a quarter "no substantial structure".
LEAST_SILHOUETTE = 0.25
# Hennig: below six tenths a group "should not be trusted".
LEAST_STABILITY = 0.6
# What chance gives more often than this is not told as a finding.
CHANCE = 0.05
# One-sided at ninety per cent, as Polis has it.
Z = 1.2815515655446004
MOST_STATEMENTS_SHOWN = 5
# Without groups a statement divides people when both sides have at least this share.
BOTH_SIDES = 0.3
