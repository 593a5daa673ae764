"""Forms of my page and of requests for erasure."""

from django import forms
from django.utils.translation import gettext_lazy as _

from dialogi.commons.text import PlainTextField
from dialogi.commons.web import ActionForm, ActionModelForm
from dialogi.people.models import Erasure, Person


class PreferencesForm(ActionModelForm):
    """How to be called and told."""

    class Meta:
        model = Person
        fields = ("name", "language", "digest")
        labels = {"name": _("Your name"), "language": _("Language of messages to you"), "digest": _("How often you want e-mail about what you follow")}
        help_texts = {"name": _("Shown to those who answer you, never to the public. You may leave it empty.")}
        widgets = {"language": forms.RadioSelect, "digest": forms.RadioSelect, "name": forms.TextInput(attrs={"autocomplete": "name"})}


class AskErasureForm(ActionForm):
    """A request for erasure."""

    words = PlainTextField(label=_("Do you want to say something about it?"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))


class DecideErasureForm(ActionForm):
    """The decision and its reason."""

    outcome = forms.ChoiceField(
        label=_("Decision"),
        widget=forms.RadioSelect,
        choices=[(state.value, state.label) for state in (Erasure.GRANTED, Erasure.PARTLY, Erasure.REFUSED)],
    )
    reason = PlainTextField(
        label=_("Reason"),
        help_text=_("Sent to the person. Say what is kept and by which law, in the person’s language."),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
