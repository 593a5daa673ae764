"""The room of portal."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """No nouns: pages that look down on every room."""

    name = "dialogi.portal"
    label = "portal"
