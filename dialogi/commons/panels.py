"""Panels: what other rooms put on a Subject's page."""

from typing import Any

from django.http import HttpRequest

from dialogi.commons.models import Subject
from dialogi.commons.registry import registry


def panels_for(request: HttpRequest, subject: Subject, *, place: str = "page") -> list[tuple[str, dict[str, Any]]]:
    """Return (template, values) of the panels for a Subject's page, in their order; a template reads its values as `panel`.

    `place` is "page" for what everybody reads, "desk" for the page where the Subject is worked with.
    """
    wanted = [panel for panel in registry.panels if panel.place == place and panel.kind in {subject.kind, "*"}]
    shown = [(panel.template, panel.context(request, subject)) for panel in sorted(wanted, key=lambda panel: panel.order)]
    return [(template, values) for template, values in shown if values is not None]
