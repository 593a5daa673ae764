"""Catching machines that fill in forms, without a puzzle for people: a field that people do not see, and the time it took.

Nobody is turned away for good: the form comes back with every word kept and can be sent again.
"""

from typing import Any, cast

from django import forms
from django.conf import settings
from django.core import signing
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dialogi.commons import clock

SALT = "dialogi form opened"


def opened_now(*, seconds_ago: int = 0) -> str:
    """Return the signed moment at which a form was opened."""
    return signing.dumps(int(clock.now().timestamp()) - seconds_ago, salt=SALT, compress=False)


class TrapMixin(forms.Form):
    """Put before the other parents of a public form; the template shows `form.website` in a hidden wrapper and `form.opened`."""

    website = forms.CharField(
        required=False,
        label=gettext_lazy("Leave this field empty"),
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
        max_length=200,
    )
    opened = forms.CharField(required=False, widget=forms.HiddenInput, max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["opened"].initial = opened_now

    def clean(self) -> dict[str, Any]:
        """Refuse what no person did; a refused form gets a new moment, so that sending it again works."""
        super().clean()
        if self.cleaned_data.get("website") or not self._took_time():
            self._open_again()
            raise forms.ValidationError(_("The form was sent faster than a person writes. Your words are kept: look them over and send again."), code="trap")
        return self.cleaned_data

    def _took_time(self) -> bool:
        try:
            opened = signing.loads(self.cleaned_data.get("opened") or "", salt=SALT)
        except signing.BadSignature:
            return False
        return isinstance(opened, int) and clock.now().timestamp() - opened >= settings.FORM_LEAST_SECONDS

    def _open_again(self) -> None:
        data = cast(Any, self.data).copy()
        data[self.add_prefix("website")] = ""
        data[self.add_prefix("opened")] = opened_now()
        self.data = data
