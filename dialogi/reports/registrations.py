"""How the room plugs into the house: the navigation."""

from django.utils.translation import gettext_lazy as _

from dialogi.commons.registry import NavItem, registry

registry.nav += [
    NavItem("footer", _("Statistics"), "/statistics/", 30),
    NavItem("footer", _("Promises kept"), "/promises/", 31),
]
