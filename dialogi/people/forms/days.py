"""Looking back: the day that somebody asks about."""

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from dialogi.commons.web import ActionForm


class DayForm(ActionForm):
    """A day in the address; without one, or with what is none, today is shown."""

    on = forms.DateField(label=_("Day"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))

    @property
    def day(self) -> date | None:
        """The day asked about; None is today."""
        return self.cleaned_data.get("on") if self.is_bound and self.is_valid() else None
