"""The register as a whole, for those who keep it and for those who answer for some of it."""

from typing import Any

from django.http import HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from dialogi.commons import clock
from dialogi.commons.web import DialogiRequest, needs, page
from dialogi.systems.queries import overview as reads
from dialogi.systems.queries.completeness import what_lacks
from dialogi.systems.rules import SEE_REGISTERS


@never_cache
@require_GET
@needs(SEE_REGISTERS)
def overview(request: DialogiRequest) -> HttpResponse:
    """Show what is mine, what each sector lacks, what ends within 18 months, what costs rise, who carries how much."""
    own = [(system, what_lacks(system, system.uses.all())) for system in reads.mine(request.actor)]
    shown: dict[str, Any] = {"own": own, "sectors": reads.by_sector(), "endings": reads.endings()[: reads.SHOWN], "posts": reads.workload()}
    return page(request, "systems/overview.html", rising=reads.rising(clock.today().year), **shown)
