"""Text at the border: cleaned when it comes in, searched for personal data before it is public, rendered when staff wrote it."""

from dialogi.commons.text.cleaning import clean_text, header_safe, safe_filename, visible_text
from dialogi.commons.text.fields import LineField, PlainTextField
from dialogi.commons.text.markdown import inline_markdown, markdown
from dialogi.commons.text.masking import PersonalData, Span, mask_personal_data, masked

__all__ = [
    "LineField",
    "PersonalData",
    "PlainTextField",
    "Span",
    "clean_text",
    "header_safe",
    "inline_markdown",
    "markdown",
    "mask_personal_data",
    "masked",
    "safe_filename",
    "visible_text",
]
