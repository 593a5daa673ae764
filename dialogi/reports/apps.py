"""The room of reports."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """No nouns: pages that look down on every room."""

    name = "dialogi.reports"
    label = "reports"
