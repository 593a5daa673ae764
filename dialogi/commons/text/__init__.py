"""Text at the border: cleaned when it comes in, searched for personal data before it is public, rendered when staff wrote it."""

from dialogi.commons.text.cleaning import clean_text, header_safe, safe_filename
from dialogi.commons.text.fields import LineField, PlainTextField
from dialogi.commons.text.markdown import markdown
from dialogi.commons.text.masking import PersonalData, Span, mask_personal_data, masked

__all__ = [
    "LineField",
    "PersonalData",
    "PlainTextField",
    "Span",
    "clean_text",
    "header_safe",
    "markdown",
    "mask_personal_data",
    "masked",
    "safe_filename",
]
