"""Forms of lists whose filters lie in the address."""

from typing import Any

from django import forms


class NounChoiceField(forms.ModelChoiceField):
    """A choice among nouns that carries the public code of the chosen one, not its number in the database."""

    def prepare_value(self, value: Any) -> Any:
        """Show the code."""
        return value.subject.code if hasattr(value, "subject") else value

    def to_python(self, value: Any) -> Any:
        """Find the noun by its code."""
        if value in self.empty_values:
            return None
        found = self.queryset.filter(subject__code=str(value)[:12]).first() if self.queryset is not None else None
        if found is None:
            raise forms.ValidationError(self.error_messages["invalid_choice"], code="invalid_choice", params={"value": value})
        return found


class FilterForm(forms.Form):
    """Filters as they lie in the address; what makes no sense narrows nothing."""

    def chips(self) -> list[tuple[str, str]]:
        """Return what is chosen, as (words, query without it)."""
        self.is_valid()
        found = []
        for name in self.changed_data:
            value = self.cleaned_data.get(name)
            if value and not self.fields[name].widget.is_hidden:
                rest = self.data.copy()  # type: ignore[attr-defined]
                rest.pop(name, None)
                rest.pop("page", None)
                choices = dict(getattr(self.fields[name], "choices", [])) if isinstance(value, str) else {}
                found.append((f"{self.fields[name].label}: {choices.get(value, value)}", f"?{rest.urlencode()}"))
        return found
