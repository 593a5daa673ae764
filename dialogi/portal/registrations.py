"""How the room plugs into the house: the navigation."""

from django.utils.translation import gettext_lazy as _

from dialogi.commons.registry import NavItem, registry
from dialogi.consultations.rules import PREPARE
from dialogi.portal.rules import OPERATE, TRANSLATE
from dialogi.voices.rules import GATHER, KEEP_REGISTER, POST_LETTERS, RECORD_FOR_OTHER, SEE_CHECKS, SEE_PROMISES, WORK_AT_DESK

registry.nav += [
    NavItem("main", _("Speak up"), "/speak/", 10),
    NavItem("main", _("Feedback and answers"), "/voices/", 20),
    NavItem("main", _("Consultations"), "/consultations/", 25),
    NavItem("main", _("Themes"), "/themes/", 30),
    NavItem("main", _("Services"), "/services/", 40),
    NavItem("main", _("Follow your matter"), "/status/", 60),
    NavItem("desk", _("Inbox"), "/desk/", 10, lambda actor: bool(WORK_AT_DESK.rule(actor, None))),
    NavItem("desk", _("Themes"), "/desk/themes/", 20, lambda actor: bool(GATHER.rule(actor, None))),
    NavItem("desk", _("Consultations"), "/desk/consultations/", 25, lambda actor: bool(PREPARE.rule(actor, None))),
    NavItem("desk", _("Record for somebody else"), "/desk/record/", 30, lambda actor: bool(RECORD_FOR_OTHER.rule(actor, None))),
    NavItem("desk", _("Promises"), "/desk/promises/", 40, lambda actor: bool(SEE_PROMISES.rule(actor, None))),
    NavItem("desk", _("To be checked"), "/desk/moderation/", 50, lambda actor: bool(SEE_CHECKS.rule(actor, None))),
    NavItem("desk", _("Translations"), "/desk/translations/", 52, lambda actor: bool(TRANSLATE.rule(actor, None))),
    NavItem("desk", _("Calls"), "/desk/calls/", 55, lambda actor: bool(WORK_AT_DESK.rule(actor, None))),
    NavItem("desk", _("Letters"), "/desk/letters/", 60, lambda actor: bool(POST_LETTERS.rule(actor, None))),
    NavItem("desk", _("Case register"), "/desk/register/", 70, lambda actor: bool(KEEP_REGISTER.rule(actor, None))),
    NavItem("desk", _("Machinery"), "/desk/machinery/", 95, lambda actor: bool(OPERATE.rule(actor, None))),
    NavItem("footer", _("About this service"), "/about/about/", 10),
    NavItem("footer", _("Take part without a device"), "/about/without-device/", 20),
    NavItem("footer", _("How moderation works"), "/about/moderation/", 30),
    NavItem("footer", _("What was hidden and why"), "/moderation/", 35),
    NavItem("footer", _("Privacy"), "/about/privacy/", 40),
    NavItem("footer", _("Accessibility"), "/about/accessibility/", 50),
]
