"""Functions, data groups and vendors."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from dialogi.commons.actors import Actor
from dialogi.commons.door import save_clean
from dialogi.commons.keeping import Keeping, close_kept, create_kept, edit_kept, reword_kept
from dialogi.commons.permissions import require
from dialogi.systems.kinds import Happened
from dialogi.systems.models import DataGroup, Function, Vendor
from dialogi.systems.rules import CLASSIFY, REWORD
from dialogi.systems.writing import leads_back

FUNCTION = Keeping(
    noun="systems.function",
    address="/registers/functions/{code}/",
    fields=frozenset({"code", "name_sv", "name_fi", "name_en", "part_of", "is_active"}),
    permission=CLASSIFY,
    created=Happened.FUNCTION_CREATED,
    changed=Happened.FUNCTION_CHANGED,
    closed=Happened.FUNCTION_CLOSED,
    rewording=REWORD,
)
VENDOR = Keeping(
    noun="systems.vendor",
    address="/registers/vendors/{code}/",
    fields=frozenset({"name", "business_id", "website", "is_active"}),
    permission=CLASSIFY,
    created=Happened.VENDOR_CREATED,
    changed=Happened.VENDOR_CHANGED,
    closed=Happened.VENDOR_CLOSED,
)


def create_function(*, by: Actor, **fields: Any) -> Function:
    """Add a class of the national classification; fields: code, name_*, part_of."""
    return create_kept(Function, FUNCTION, by=by, fields=fields)


def edit_function(function: Function, *, by: Actor, expecting: int | None = None, **fields: Any) -> Function:
    """Change a function; none lies within itself."""
    if leads_back(function, fields.get("part_of"), "part_of"):
        raise ValidationError({"part_of": _("A function cannot lie within itself or within one of its own parts.")})
    return edit_kept(function, FUNCTION, by=by, expecting=expecting, fields=fields)


def reword_function(function: Function, *, texts: Mapping[str, Mapping[str, str]], by: Actor, expecting: int | None = None) -> None:
    """Write the name of a function in some languages: {"name": {"en": ...}}."""
    reword_kept(function, FUNCTION, texts=texts, by=by, expecting=expecting)


def close_function(function: Function, *, by: Actor) -> Function:
    """Take a function out of use; uses keep it."""
    return close_kept(function, FUNCTION, by=by)


def create_vendor(*, by: Actor, **fields: Any) -> Vendor:
    """Add a vendor; fields: name, business_id, website."""
    return create_kept(Vendor, VENDOR, by=by, fields=fields)


def edit_vendor(vendor: Vendor, *, by: Actor, expecting: int | None = None, **fields: Any) -> Vendor:
    """Change a vendor."""
    return edit_kept(vendor, VENDOR, by=by, expecting=expecting, fields=fields)


def close_vendor(vendor: Vendor, *, by: Actor) -> Vendor:
    """Take a vendor out of use; contracts keep it."""
    return close_kept(vendor, VENDOR, by=by)


def create_data_group(*, by: Actor, name_sv: str = "", name_fi: str = "", name_en: str = "", is_personal: bool = False) -> DataGroup:
    """Add a data group; one of the same name comes back instead of a second one."""
    with transaction.atomic():
        require(by, CLASSIFY)
        known = DataGroup.objects.filter(name_sv=name_sv, name_fi=name_fi).first()
        return known or save_clean(DataGroup(name_sv=name_sv, name_fi=name_fi, name_en=name_en, is_personal=is_personal))
