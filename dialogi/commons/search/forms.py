"""Parsing what staff write about words; never saves."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from dialogi.commons.models.search import ONE_WORD
from dialogi.commons.web import ActionForm


class SynonymForm(ActionForm):
    """A word and the name of the group it belongs to."""

    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    word = forms.CharField(label=_("Word"), max_length=60, validators=[ONE_WORD], help_text=_("In its base form."))
    same_as = forms.CharField(
        label=_("Means the same as"),
        max_length=60,
        validators=[ONE_WORD],
        help_text=_("Words with the same name here find each other, also in another language."),
    )
