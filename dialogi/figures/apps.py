"""The room of figures."""

from django.apps import AppConfig


class FiguresConfig(AppConfig):
    """Amounts with their sources."""

    name = "dialogi.figures"
    label = "figures"
