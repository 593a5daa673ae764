"""The room of voices."""

from django.apps import AppConfig


class VoicesConfig(AppConfig):
    """Voices, replies, themes, support, moderation."""

    name = "dialogi.voices"
    label = "voices"
