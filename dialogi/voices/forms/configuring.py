"""Forms of the desk's registers."""

from django import forms
from django.utils.translation import gettext_lazy as _

from dialogi.commons.languages import LANGUAGES
from dialogi.commons.web import ActionModelForm
from dialogi.voices.models import ModerationRule, ReplyTemplate, Route


class RouteForm(ActionModelForm):
    """A route to the responsible unit."""

    class Meta:
        model = Route
        fields = ("service", "kind", "area", "language", "unit", "order")
        help_texts = {"order": _("Of two routes that fit as well, the lower number wins.")}


class ReplyTemplateForm(ActionModelForm):
    """A ready start for an answer."""

    class Meta:
        model = ReplyTemplate
        fields = ("name", "unit", "kind", "state", "text_sv", "text_fi", "text_en", "is_active")
        labels = {"text_sv": _("Text in Swedish"), "text_fi": _("Text in Finnish"), "text_en": _("Text in English")}
        widgets = {f"text_{language}": forms.Textarea(attrs={"rows": 6, "lang": language}) for language in LANGUAGES}


class ModerationRuleForm(ActionModelForm):
    """A published rule of the publication check."""

    class Meta:
        model = ModerationRule
        fields = ("code", "name_sv", "name_fi", "name_en", "explanation_sv", "explanation_fi", "explanation_en", "order", "is_active")
        labels = {
            "code": _("Code"),
            "name_sv": _("Name in Swedish"),
            "name_fi": _("Name in Finnish"),
            "name_en": _("Name in English"),
            "explanation_sv": _("Explanation in Swedish"),
            "explanation_fi": _("Explanation in Finnish"),
            "explanation_en": _("Explanation in English"),
            "order": _("Order"),
            "is_active": _("In use"),
        }
        widgets = {f"explanation_{language}": forms.Textarea(attrs={"rows": 3, "lang": language}) for language in LANGUAGES}
