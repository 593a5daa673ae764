"""The room of systems."""

from django.apps import AppConfig


class SystemsConfig(AppConfig):
    """Systems and their uses, stores, integrations, contracts, assessments, harmonisation, descriptions."""

    name = "dialogi.systems"
    label = "systems"
