"""The room of decisions."""

from django.apps import AppConfig


class DecisionsConfig(AppConfig):
    """Matters and decisions."""

    name = "dialogi.decisions"
    label = "decisions"
