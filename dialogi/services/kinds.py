"""What can happen to services and service points."""

from django.utils.translation import gettext_lazy as _

from dialogi.commons.kinds import LedgerKind


class Happened(LedgerKind):
    """Ledger kinds of the room."""

    SERVICE_CREATED = "services.service.created", _("The service was added."), True
    SERVICE_CHANGED = "services.service.changed", _("The description of the service was changed."), True
    SERVICE_CLOSED = "services.service.closed", _("The service ended."), True
    PROMISED = "services.promise.made", _("A service promise was made: %(days)s working days. Kind: %(promised)s."), True
    PROMISE_ENDED = "services.promise.ended", _("A service promise ended. Kind: %(promised)s."), True
    POINT_CREATED = "services.servicepoint.created", _("The service point was added."), True
    POINT_CHANGED = "services.servicepoint.changed", _("The service point was changed."), True
    POINT_CLOSED = "services.servicepoint.closed", _("The service point was closed."), True
