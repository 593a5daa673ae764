"""Short notices on the desk's own pages, shown on the next page."""

from django.contrib import messages
from django.http import HttpRequest


def say(request: HttpRequest, words: str) -> None:
    """Show the words on the next desk page."""
    messages.success(request, words)
