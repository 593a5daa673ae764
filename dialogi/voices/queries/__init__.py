"""Reads that join nouns or shape a page."""

from dialogi.voices.queries.routing import route_for, rule_name, term_for

__all__ = ["route_for", "rule_name", "term_for"]
