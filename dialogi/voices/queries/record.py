"""The whole record of a voice or a theme with its history: for the registrar's file, the archive, and the person it is about."""

from typing import Any

from dialogi.commons.models import Subject
from dialogi.commons.records import iso, record_head, record_tail
from dialogi.voices.models import Appeal, Reply, Support, Theme, Voice
from dialogi.voices.queries.reach import WITH_AUTHOR
from dialogi.voices.queries.story import replies_to


def frozen_voice(subject: Subject) -> dict[str, Any]:
    """Return everything stored about a voice, personal data and all; reading it is logged by the verb `note_reading`."""
    voice = Voice.objects.select_related(*WITH_AUTHOR, "about", "theme__subject", "same_as__subject", "forwarded_to", "handler", "recorded_by").get(
        subject=subject.pk
    )
    return {
        **record_head(subject),
        "voice": _facts(voice),
        "author": _author(voice),
        "answers": [_answer(reply) for reply in replies_to(voice, "author")],
        "translations": [{"language": t.language, "words": t.text, "made": iso(t.made_at)} for t in voice.translations.order_by("language")],
        "internal_notes": [{"words": note.text, "by": _name(note.author), "written": iso(note.written_at)} for note in voice.notes.select_related("author")],
        "publication": _publication(voice),
        "supports": Support.objects.filter(voice=voice).count(),
        **record_tail(subject),
    }


def frozen_theme(subject: Subject) -> dict[str, Any]:
    """Return everything stored about a theme."""
    theme = Theme.objects.select_related("unit").get(subject=subject.pk)
    titles = {language: getattr(theme, f"title_{language}") for language in ("sv", "fi", "en")}
    summaries = {language: getattr(theme, f"summary_{language}") for language in ("sv", "fi", "en")}
    return {
        **record_head(subject),
        "theme": {"title": titles, "summary": summaries, "unit": str(theme.unit), "is_need": theme.is_need, "opened": iso(theme.created_at)},
        "voices": list(theme.voices.order_by("pk").values_list("subject__code", flat=True)),
        "answers": [_answer(reply) for reply in Reply.objects.filter(theme=theme).select_related("unit", "author")],
        **record_tail(subject),
    }


def _facts(voice: Voice) -> dict[str, Any]:
    return {
        "words": voice.text,
        "language": voice.language,
        "words_as_public": voice.published_text or None,
        "kind": voice.kind,
        "state": voice.state,
        "channel": voice.channel,
        "post_address": voice.post_address,
        "speaks_as": voice.speaks_as,
        "about": voice.about.address if voice.about else None,
        "service": str(voice.service) if voice.service else None,
        "area": str(voice.area) if voice.area else None,
        "place": {"words": voice.place_words, "latitude": voice.latitude, "longitude": voice.longitude},
        "unit": str(voice.unit) if voice.unit else None,
        "handler": _name(voice.handler),
        "recorded_by": _name(voice.recorded_by),
        "helped_by": voice.helped_by,
        "was_read_back": voice.was_read_back,
        "theme": voice.theme.subject.code if voice.theme else None,
        "same_as": voice.same_as.subject.code if voice.same_as else None,
        "forwarded_to": str(voice.forwarded_to) if voice.forwarded_to else None,
        "case_number": voice.case_number,
        "retention_class": voice.retention_class,
        "arrived": iso(voice.arrived_at),
        "recorded": iso(voice.recorded_at),
        "answered": iso(voice.answered_at),
        "closed": iso(voice.closed_at),
        "was_helpful": voice.was_helpful,
        "reopened": voice.reopened_count,
    }


def _author(voice: Voice) -> dict[str, Any]:
    contact = voice.contact
    details = {"name": contact.name, "email": contact.email, "phone": contact.phone, "postal_address": contact.postal_address} if contact else {}
    consent = {"wording": voice.consent.wording, "given": iso(voice.consent.given_at), "withdrawn": iso(voice.consent.withdrawn_at)} if voice.consent else None
    return {"account_holder": _name(voice.author), "contact": details, "consent": consent}


def _answer(reply: Reply) -> dict[str, Any]:
    words = {language: getattr(reply, f"text_{language}") for language in ("sv", "fi", "en") if getattr(reply, f"text_{language}")}
    return {
        "words": words,
        "state": reply.state,
        "unit": str(reply.unit) if reply.unit else None,
        "by": _name(reply.author),
        "minutes": reply.minutes,
        "given": iso(reply.given_at),
    }


def _publication(voice: Voice) -> dict[str, Any]:
    decisions = voice.decisions.select_related("rule", "decided_by").order_by("decided_at", "pk")
    appeals = {appeal.decision_id: appeal for appeal in Appeal.objects.filter(decision__voice=voice)}
    return {
        "now": voice.publication,
        "decisions": [
            {
                "outcome": decision.outcome,
                "rule": decision.rule.code if decision.rule else None,
                "explanation": decision.explanation,
                "by": _name(decision.decided_by),
                "decided": iso(decision.decided_at),
                "appeal": _appeal(appeals[decision.pk]) if decision.pk in appeals else None,
            }
            for decision in decisions
        ],
    }


def _appeal(appeal: Appeal) -> dict[str, Any]:
    return {"words": appeal.text, "made": iso(appeal.made_at), "upheld": appeal.upheld, "answer": appeal.answer, "decided": iso(appeal.decided_at)}


def _name(person: object) -> str | None:
    return str(person) if person is not None else None
