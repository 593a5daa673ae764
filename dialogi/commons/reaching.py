"""How somebody can be reached, and the key that makes a form sent twice one thing: fields that several rooms' public forms share."""

import re
import secrets
from typing import Any

from django import forms
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from dialogi.commons.text import LineField, PlainTextField

PHONE = re.compile(r"^\+?[\d\s()./-]{5,24}$")
FORM_KEY = re.compile(r"^[0-9a-f]{32}$")


class ReachableForm(forms.Form):
    """Name, e-mail, phone and postal address, each optional and never public (`commons/_contact_fields.html`); and the form's own key."""

    name = LineField(label=_("Name"), max_length=120, required=False)
    email = LineField(label=_("E-mail"), max_length=254, required=False, widget=forms.EmailInput(attrs={"autocomplete": "email"}))
    phone = LineField(label=_("Phone"), max_length=25, required=False, widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}))
    postal_address = PlainTextField(
        label=_("Postal address"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "street-address"})
    )
    form_key = forms.CharField(widget=forms.HiddenInput, max_length=32, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["form_key"].initial = secrets.token_hex(16)

    def clean_email(self) -> str:
        """Check the shape of the address."""
        email = str(self.cleaned_data["email"]).strip()
        if email:
            try:
                validate_email(email)
            except forms.ValidationError:
                raise forms.ValidationError(_("The e-mail address is not complete. It looks like name@example.org.")) from None
        return email

    def clean_phone(self) -> str:
        """Check the shape of the number."""
        phone = str(self.cleaned_data["phone"]).strip()
        if phone and not PHONE.match(phone):
            raise forms.ValidationError(_("Write the phone number with digits, for example 040 123 4567."))
        return phone

    def clean_form_key(self) -> str:
        """A key that is not ours is replaced, so that nobody picks somebody else's receipt."""
        key = str(self.cleaned_data["form_key"])
        return key if FORM_KEY.match(key) else secrets.token_hex(16)

    def reached(self) -> dict[str, str]:
        """Return how the person can be reached, by name of the field."""
        return {name: self.cleaned_data[name] for name in ("name", "email", "phone", "postal_address")}
