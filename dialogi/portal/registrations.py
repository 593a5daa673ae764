"""How the room plugs into the house: the navigation."""

from django.utils.translation import gettext_lazy as _

from dialogi.commons.registry import NavItem, registry
from dialogi.voices.rules import GATHER, RECORD_FOR_OTHER, SEE_PROMISES, WORK_AT_DESK

registry.nav += [
    NavItem("main", _("Speak up"), "/speak/", 10),
    NavItem("main", _("Feedback and answers"), "/voices/", 20),
    NavItem("main", _("Themes"), "/themes/", 30),
    NavItem("main", _("Follow your matter"), "/status/", 60),
    NavItem("desk", _("Inbox"), "/desk/", 10, lambda actor: bool(WORK_AT_DESK.rule(actor, None))),
    NavItem("desk", _("Themes"), "/desk/themes/", 20, lambda actor: bool(GATHER.rule(actor, None))),
    NavItem("desk", _("Record for somebody else"), "/desk/record/", 30, lambda actor: bool(RECORD_FOR_OTHER.rule(actor, None))),
    NavItem("desk", _("Promises"), "/desk/promises/", 40, lambda actor: bool(SEE_PROMISES.rule(actor, None))),
]
