"""The whole record of a matter or a decision with its history, for the archive: also what is secret."""

from typing import Any

from dialogi.commons.languages import LANGUAGES
from dialogi.commons.models import Subject
from dialogi.commons.records import iso, record_head, record_tail
from dialogi.decisions.models import DecidedOn, Decision, Matter, Mentionable


def frozen_matter(subject: Subject) -> dict[str, Any]:
    """Return everything stored about a matter."""
    matter = Matter.objects.select_related("unit", "post", "service").get(subject=subject.pk)
    return {
        **record_head(subject),
        "matter": {
            **_words(matter, "title", "summary"),
            **_openness(matter),
            "case_number": matter.case_number,
            "unit": str(matter.unit),
            "post": str(matter.post) if matter.post else None,
            "service": str(matter.service) if matter.service else None,
            "state": matter.state,
            "opened": iso(matter.opened_on),
            "closed": iso(matter.closed_on),
        },
        "decisions": list(matter.decisions.order_by("pk").values_list("subject__code", flat=True)),
        **record_tail(subject),
    }


def frozen_decision(subject: Subject) -> dict[str, Any]:
    """Return everything stored about a decision, and the versions of what it decides on."""
    decision = Decision.objects.select_related("unit", "body", "matter__subject").get(subject=subject.pk)
    decided = DecidedOn.objects.filter(decision=decision).select_related("subject").order_by("pk")
    return {
        **record_head(subject),
        "decision": {
            **_words(decision, "title", "text", "reasons", "office"),
            **_openness(decision),
            "matter": decision.matter.subject.code if decision.matter else None,
            "case_number": decision.matter.case_number if decision.matter else "",
            "unit": str(decision.unit),
            "body": str(decision.body) if decision.body else None,
            "outcome": decision.outcome,
            "decided": iso(decision.decided_on),
            "section": decision.section,
            "minutes": decision.minutes_url,
            "remedy": {"kind": decision.remedy, "law": decision.remedy_law},
            "state": decision.state,
            "published": iso(decision.published_at),
        },
        "decides_on": [{"code": each.subject.code, "kind": each.subject.kind, "version": each.version} for each in decided],
        **record_tail(subject),
    }


def _words(noun: object, *names: str) -> dict[str, dict[str, str]]:
    return {name: {language: getattr(noun, f"{name}_{language}") for language in LANGUAGES} for name in names}


def _openness(noun: Mentionable) -> dict[str, Any]:
    return {"is_public": noun.is_public, "secret_by": noun.secrecy, **_words(noun, "mention")}
