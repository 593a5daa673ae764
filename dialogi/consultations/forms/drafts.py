"""Forms for the draft: a document in each language, and a paragraph side by side."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from dialogi.commons.form_rows import RowsMixin
from dialogi.commons.languages import LANGUAGES
from dialogi.commons.text.fields import PlainTextField
from dialogi.commons.web import ActionForm
from dialogi.consultations.drafts import ENDINGS, Draft, read_draft
from dialogi.consultations.forms.preparing import IN, InLanguagesForm
from dialogi.consultations.models import Alternative, Paragraph, Phase

READ = _("DOCX, ODT or Markdown. Headings become sections, paragraphs get numbers.")


class DraftField(forms.FileField):
    """A document that is read at once into numbered paragraphs; what cannot be read says what to do."""

    widget = forms.FileInput(attrs={"accept": ",".join(ENDINGS)})

    def clean(self, data: Any, initial: Any = None) -> Draft | None:
        """Return the draft, or None when no document was chosen."""
        file: UploadedFile | None = super().clean(data, initial)
        return read_draft(file.read(), name=file.name or "") if file else None


class VersionForm(InLanguagesForm):
    """A new version of the draft: one document in each language."""

    prose_names = {"change": (_("What has changed since the last version"), 2000)}
    document_sv = DraftField(label=_("Document in Swedish"), required=False, help_text=READ)
    document_fi = DraftField(label=_("Document in Finnish"), required=False)
    document_en = DraftField(label=_("Document in English"), required=False)
    alternative = forms.ModelChoiceField(label=_("Alternative"), queryset=Alternative.objects.none(), required=False, empty_label=_("The draft itself"))

    def __init__(self, phase: Phase, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ways = phase.alternatives.all()
        if ways:
            self.fields["alternative"].queryset = ways  # type: ignore[attr-defined]
            self.fields["alternative"].required = True
        else:
            del self.fields["alternative"]
        self.order_fields(["alternative", *(f"document_{language}" for language in LANGUAGES)])

    def clean(self) -> dict[str, Any]:
        """At least one document."""
        data = super().clean() or {}
        if not self.errors and not any(data.get(f"document_{language}") for language in LANGUAGES):
            raise ValidationError(_("Choose a document in Swedish or Finnish."))
        return data

    def drafts(self) -> dict[str, Draft]:
        """Return the drafts by language."""
        found = {language: self.cleaned_data.get(f"document_{language}") for language in LANGUAGES}
        return {language: draft for language, draft in found.items() if draft}


class ParagraphForm(RowsMixin, ActionForm):
    """A paragraph, side by side in the languages."""

    def __init__(self, paragraph: Paragraph, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for language in LANGUAGES:
            words = getattr(paragraph, f"text_{language}")
            label = _("%(what)s %(language)s") % {"what": _("Paragraph"), "language": IN[language]}
            self.fields[f"text_{language}"] = PlainTextField(label=label, max_length=20_000, required=False, initial=words)
            self.fields[f"text_{language}"].widget.attrs["lang"] = language
            self.fields[f"seen_{language}"] = forms.CharField(widget=forms.HiddenInput, required=False, initial=words, strip=False)

    def texts(self) -> dict[str, str]:
        """Return the words by language."""
        return {language: self.cleaned_data[f"text_{language}"] for language in LANGUAGES}

    def seen(self) -> dict[str, str]:
        """Return the words that the planner saw, as a browser sends them back."""
        return {language: self.cleaned_data[f"seen_{language}"].replace("\r\n", "\n") for language in LANGUAGES}


class AlternativeForm(InLanguagesForm):
    """One of several ways side by side."""

    line_names = {"name": (_("Name"), 200)}
    prose_names = {"summary": (_("What it means"), 3000)}
