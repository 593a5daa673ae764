"""Panels: what upper rooms put on a Subject's page."""

from typing import Any

from django.http import HttpRequest

from dialogi.commons.models import Subject
from dialogi.commons.registry import registry


def panels_for(request: HttpRequest, subject: Subject) -> list[tuple[str, dict[str, Any]]]:
    """Return (template, values) of the panels for a Subject's page, in their order; a template reads its values as `panel`."""
    wanted = {subject.kind, "*"}
    shown = [(each.template, each.context(request, subject)) for each in sorted(registry.panels, key=lambda each: each.order) if each.kind in wanted]
    return [(template, values) for template, values in shown if values is not None]
