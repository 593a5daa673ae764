"""The room's registers: routes, reply templates, moderation rules."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from dialogi.commons.permissions import SIGN_IN_FIRST, Permission, when
from dialogi.commons.register import Column, Register, add_register
from dialogi.voices.actions import configuring
from dialogi.voices.forms.configuring import ModerationRuleForm, ReplyTemplateForm, RouteForm
from dialogi.voices.models import ModerationRule, ReplyTemplate, Route
from dialogi.voices.rules import CONFIGURE

SEE = Permission("voices.see_registers", lambda actor, obj: when(actor.is_staff, SIGN_IN_FIRST))


def _or_any(value: Any) -> Any:
    return value.name if value else _("Any")


def _no_subject(row: Any) -> None:
    return None


add_register(
    Register(
        slug="routes",
        label=_("Routes to the responsible unit"),
        add_label=_("Add a route"),
        intro=_("The most exact route wins. Without a route, the unit of the service answers."),
        order=100,
        rows=lambda actor: Route.objects.select_related("service", "area", "unit"),
        see=SEE,
        change=CONFIGURE,
        columns=(
            Column("service", _("Service"), lambda route: _or_any(route.service), sort=("service__name_{language}",)),
            Column("kind", _("Kind"), lambda route: route.get_kind_display() if route.kind else _("Any"), sort=("kind",)),
            Column("area", _("Area"), lambda route: _or_any(route.area), sort=("area__name_{language}",)),
            Column("language", _("Language"), lambda route: route.get_language_display() if route.language else _("Any"), sort=("language",)),
            Column("unit", _("Responsible unit"), lambda route: route.unit.name, sort=("unit__name_{language}",)),
            Column("order", _("Order"), lambda route: route.order, sort=("order",), is_number=True),
        ),
        form=RouteForm,
        create=configuring.add_route,
        edit=configuring.edit_route,
        close=configuring.end_route,
        close_label=_("End the route"),
        subject=_no_subject,
        key="pk",
    )
)
add_register(
    Register(
        slug="reply-templates",
        label=_("Reply templates"),
        add_label=_("Add a reply template"),
        order=110,
        rows=lambda actor: ReplyTemplate.objects.select_related("unit"),
        see=SEE,
        change=CONFIGURE,
        columns=(
            Column("name", _("Name"), lambda template: template.name, sort=("name",)),
            Column("unit", _("Unit"), lambda template: _or_any(template.unit)),
            Column("kind", _("Kind"), lambda template: template.get_kind_display() if template.kind else _("Any"), sort=("kind",)),
            Column("state", _("State"), lambda template: template.get_state_display() if template.state else "", sort=("state",)),
            Column("in_use", _("In use"), lambda template: template.is_active, sort=("is_active",)),
        ),
        search=("name", "text_sv", "text_fi"),
        form=ReplyTemplateForm,
        create=configuring.add_reply_template,
        edit=configuring.edit_reply_template,
        close=configuring.end_reply_template,
        subject=_no_subject,
        key="pk",
    )
)
add_register(
    Register(
        slug="moderation-rules",
        label=_("Rules of the publication check"),
        add_label=_("Add a rule"),
        order=120,
        rows=lambda actor: ModerationRule.objects.all(),
        see=SEE,
        change=CONFIGURE,
        columns=(
            Column("code", _("Code"), lambda rule: rule.code, sort=("code",)),
            Column("name", _("Name"), lambda rule: rule.name, sort=("name_{language}",)),
            Column("explanation", _("Explanation"), lambda rule: rule.explanation),
            Column("order", _("Order"), lambda rule: rule.order, sort=("order",), is_number=True),
            Column("in_use", _("In use"), lambda rule: rule.is_active, sort=("is_active",)),
        ),
        search=("code", "name_sv", "name_fi"),
        form=ModerationRuleForm,
        create=configuring.add_moderation_rule,
        edit=configuring.edit_moderation_rule,
        close=configuring.end_moderation_rule,
        subject=_no_subject,
        key="pk",
    )
)
