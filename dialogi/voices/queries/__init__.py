"""Reads that join nouns or shape a page."""

from dialogi.voices.queries.routing import handlers_of, route_for, rule_name, term_for

__all__ = ["handlers_of", "route_for", "rule_name", "term_for"]
