"""The room of consultations."""

from django.apps import AppConfig


class ConsultationsConfig(AppConfig):
    """Consultations, drafts, surveys, statement rounds, points, opinion maps."""

    name = "dialogi.consultations"
    label = "consultations"
