"""Both languages or neither: which texts that everybody would read stand in only one of them."""

from typing import Any

from django.utils.translation import gettext as _

from dialogi.commons.languages import LANGUAGES, REQUIRED
from dialogi.systems.describing.documents import in_one_language
from dialogi.systems.describing.fields import FIELDS, FREE, PREFACE, Sees
from dialogi.systems.describing.words import read
from dialogi.systems.models import DescriptionKind, DescriptionVersion

TOLD_AT_ONCE = 10


def what_lacks_a_language(version: DescriptionVersion) -> list[str]:
    """Say which texts that everybody would read stand in only one of the two languages; the first ten, and how many more."""
    own: list[tuple[Any, dict[str, str]]] = [(PREFACE.label, {language: getattr(version, f"preface_{language}") for language in LANGUAGES})]
    asked = [field for field in FREE[DescriptionKind(version.description.kind)] if field.sees == Sees.PUBLIC and field.key in version.free]
    own += [(field.label, version.free[field.key]) for field in asked]
    found = [str(label) for label, words in own if any(words.values()) and not all(words.get(language) for language in REQUIRED)]
    found += [f"{read(name or {})}: {str(FIELDS[field].label).lower()}" for name, field, _languages in in_one_language(version.snapshot["public"])]
    more = len(found) - TOLD_AT_ONCE
    return [*found[:TOLD_AT_ONCE], _("and %(count)s more") % {"count": more}] if more > 0 else found
