"""An import that waits, as its page shows it."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from dialogi.commons.actors import Actor
from dialogi.commons.permissions import may
from dialogi.people.rules import ADMINISTER
from dialogi.systems.importing.mapping import Mapping, mapping_from
from dialogi.systems.importing.planning import Plan, plan_import
from dialogi.systems.importing.tables import Table, read_table
from dialogi.systems.importing.world import look_around
from dialogi.systems.models import ImportRun


@dataclass(frozen=True, slots=True)
class Trial:
    """The table, how it is understood, and what would happen; what cannot be said yet is None."""

    table: Table
    mapping: Mapping | None
    plan: Plan | None


def try_out(run: ImportRun, *, actor: Actor) -> Trial:
    """Read the file of an import and plan it, as far as its mapping goes; raises ValidationError when the file cannot be read."""
    source = run.source
    table = read_table(bytes(run.content), sheet=str(source.mapping.get("sheet", "")))
    try:
        mapping = mapping_from(source.mapping | {"source": source.slug})
    except ValidationError:
        return Trial(table, None, None)
    plan = plan_import(table, mapping, look_around(source.slug), decided=source.decisions)
    if plan.new_units and not may(actor, ADMINISTER):
        names = ", ".join(plan.new_units[:5])
        plan.errors.append(_("Only an administrator adds units, and these are not known: %(names)s. Let the import ask instead.") % {"names": names})
    return Trial(table, mapping, plan)
