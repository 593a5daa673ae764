"""The room of services."""

from django.apps import AppConfig


class ServicesConfig(AppConfig):
    """Services, service points, promises."""

    name = "dialogi.services"
    label = "services"
