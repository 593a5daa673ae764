"""The demo municipality."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """Content, the command that fills a town, and sign-in as one of its role-named people."""

    name = "dialogi.demo"
    label = "demo"
