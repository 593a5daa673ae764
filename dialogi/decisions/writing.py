"""What the verbs share: which fields may be written and which of them changed, and what neither a number nor a text may hold."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from dialogi.commons.codes import is_case_number
from dialogi.commons.languages import LANGUAGES
from dialogi.commons.models import Attachment, Audience, Noun
from dialogi.commons.text import PersonalData, mask_personal_data

MENTION = frozenset({"is_public", "secrecy", *(f"mention_{language}" for language in LANGUAGES)})


def in_all(*names: str) -> frozenset[str]:
    """Return the columns of translated fields."""
    return frozenset(f"{name}_{language}" for name in names for language in LANGUAGES)


def write(noun: Noun, fields: Mapping[str, Any], *, known: Iterable[str]) -> list[str]:
    """Set the fields and return the names of those that changed; TypeError for a field that may not be written."""
    if unknown := sorted(set(fields) - set(known)):
        raise TypeError(f"no such fields: {', '.join(unknown)}")
    changed = sorted(name for name, value in fields.items() if noun.pk is None or getattr(noun, name) != value)
    for name in changed:
        setattr(noun, name, fields[name])
    return changed


def write_texts(noun: Noun, texts: Mapping[str, Mapping[str, str]], *, known: Iterable[str]) -> list[str]:
    """Set translated texts, {field: {language: text}}, and return the names of the columns that changed."""
    fields = {f"{name}_{language}": text for name, languages in texts.items() for language, text in languages.items()}
    return write(noun, fields, known=in_all(*known))


def close_files_off(noun: Noun) -> None:
    """What becomes secret takes its files along. They do not come back by themselves: each is opened by hand."""
    Attachment.objects.filter(subject=noun.subject_id).update(audience=Audience.UNIT)


def check_case_number(number: str) -> None:
    """Refuse what does not look like a number in the case register."""
    if number and not is_case_number(number):
        raise ValidationError({"case_number": _("A case number looks like 123/00.04.01/2026.")})


def refuse_identity_codes(noun: Noun, *names: str) -> None:
    """Only necessary personal data goes on the network (Local Government Act 410/2015, section 140); an identity code never does."""
    for name in sorted(in_all(*names)):
        if any(span.kind == PersonalData.IDENTITY_CODE for span in mask_personal_data(getattr(noun, name))):
            raise ValidationError({name: _("There is a personal identity code in the text. Take it away before everybody can read it.")})
