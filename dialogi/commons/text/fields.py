"""Form fields whose text is clean before anything else sees it."""

from typing import Any

from django import forms

from dialogi.commons.text.cleaning import clean_text


class PlainTextField(forms.CharField):
    """Text of several lines, cleaned; at most `max_length` characters."""

    widget: type[forms.Widget] = forms.Textarea
    single_line = False

    def __init__(self, *, max_length: int, **options: Any) -> None:
        super().__init__(max_length=max_length, **options)

    def to_python(self, value: Any) -> str:
        """Clean what came in; raises ValidationError with what to do about it."""
        return clean_text(value, max_length=self.max_length or 0, single_line=self.single_line)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Leave the browser's own limit out: it cuts a pasted text without a word, and counts otherwise than we do."""
        attributes = super().widget_attrs(widget)
        attributes.pop("maxlength", None)
        return attributes


class LineField(PlainTextField):
    """Text of one line, cleaned; line breaks become spaces."""

    widget = forms.TextInput
    single_line = True
