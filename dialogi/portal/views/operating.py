"""How the machinery stands, for whoever keeps it running."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from dialogi.commons.web import DialogiRequest, needs, page
from dialogi.portal.actions import try_again
from dialogi.portal.queries.operating import machinery as look
from dialogi.portal.rules import OPERATE


@never_cache
@needs(OPERATE)
def machinery(request: DialogiRequest) -> HttpResponse:
    """Show troubles, queues, messages that failed, jobs, disk and backups."""
    return page(request, "portal/machinery.html", found=look())


@require_POST
@needs(OPERATE)
def retry(request: DialogiRequest) -> HttpResponse:
    """Let what failed try again."""
    count = try_again(by=request.actor)
    messages.success(request, ngettext("%(count)s tries again.", "%(count)s try again.", count) % {"count": count} if count else _("Nothing had failed."))
    return redirect("portal:machinery")
