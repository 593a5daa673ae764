"""The pages of every register."""

from collections.abc import Callable
from copy import copy
from functools import wraps
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from dialogi.commons import clock
from dialogi.commons.actors import Actor
from dialogi.commons.models import LedgerEntry
from dialogi.commons.permissions import NotPossible, Permission, may, require, when
from dialogi.commons.register.declaration import Register, registers
from dialogi.commons.register.listing import csv_lines, filter_form, listing, narrowed, shown, sorted_rows
from dialogi.commons.timeline import TimelineEntry, sentences
from dialogi.commons.web import ActionFormMixin, DialogiRequest, needs, page

SEE_REGISTERS = Permission(
    "commons.see_registers", lambda actor, obj: when(bool(open_registers(actor)), _("The registers are for those who keep the municipality’s records."))
)
HISTORY = 50
View = Callable[..., Any]


def open_registers(actor: Actor) -> list[Register]:
    """Return the registers that the actor may see, in their order."""
    return sorted((each for each in registers.values() if may(actor, each.see)), key=lambda each: (each.order, str(each.label)))


def of_register(view: View) -> View:
    """Give the view its register in place of the slug, once the actor may see it."""

    @wraps(view)
    def guarded(request: DialogiRequest, slug: str, **kwargs: Any) -> Any:
        register = registers.get(slug)
        if register is None:
            raise Http404
        require(request.actor, register.see)
        return view(request, register, **kwargs)

    return guarded


def of_row(view: View) -> View:
    """Give the view a row that the actor may see in place of the key."""

    @of_register
    @wraps(view)
    def guarded(request: DialogiRequest, register: Register, key: str) -> Any:
        try:
            row = register.rows(request.actor).filter(**{register.key: key}).first()
        except (ValueError, OverflowError):
            row = None
        if row is None:
            raise Http404
        return view(request, register, row)

    return guarded


@never_cache
@needs(SEE_REGISTERS)
def all_registers(request: DialogiRequest) -> HttpResponse:
    """List the registers that are open to the actor."""
    return page(request, "commons/register/index.html", registers=open_registers(request.actor))


@never_cache
@needs(SEE_REGISTERS)
@of_register
def register_list(request: DialogiRequest, register: Register) -> HttpResponse:
    """A page of a register, narrowed and sorted as the address says."""
    found = listing(register, request.actor, request.GET)
    may_add = _may_change(request, register) and register.create is not None
    imports = register.imports[1] if register.imports and may(request.actor, register.imports[0]) else ""
    return page(request, "commons/register/list.html", register=register, found=found, page=found.page, form=found.form, may_add=may_add, imports=imports)


@never_cache
@needs(SEE_REGISTERS)
@of_register
def register_export(request: DialogiRequest, register: Register) -> StreamingHttpResponse:
    """The same rows as a file for spreadsheets."""
    rows = sorted_rows(register, narrowed(register, request.actor, filter_form(register, request.actor, request.GET)), request.GET.get("sort", ""))
    response = StreamingHttpResponse(csv_lines(register, rows.iterator(chunk_size=500)), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{slugify(register.slug)}-{clock.today():%Y-%m-%d}.csv"'
    return response


@never_cache
@needs(SEE_REGISTERS)
@of_row
def register_detail(request: DialogiRequest, register: Register, row: Any) -> HttpResponse:
    """One row: its values, what may be done with it, and its history."""
    facts = [(column.label, shown(column.value(row)), "") for column in register.columns]
    facts += [(detail.label, shown(detail.value(row)), detail.url(row) if detail.url else "") for detail in register.details]
    changes = _may_change(request, register, row)
    context: dict[str, Any] = {
        "may_edit": changes and register.edit is not None,
        "may_close": changes and register.close is not None and register.is_open(row),
        "history": _history(request, register, row),
        "subject": register.subject(row),
        "own_page": register.page(row) if register.page else "",
    }
    return page(request, "commons/register/detail.html", register=register, row=row, key=register.key_of(row), facts=facts, **context)


@never_cache
@needs(SEE_REGISTERS)
@of_register
def register_add(request: DialogiRequest, register: Register) -> HttpResponse:
    """Add a row by the room's own action."""
    if register.form is None or register.create is None or register.change is None:
        raise Http404
    require(request.actor, register.change)
    form = _form(register, request, None)
    if _run(form, register.create, by=request.actor):
        messages.success(request, _("It was added."))
        return redirect(register.page_of(cast(Any, form).result))
    return page(request, "commons/register/form.html", register=register, form=form, row=None, status=422 if form.errors else 200)


@never_cache
@needs(SEE_REGISTERS)
@of_row
def register_edit(request: DialogiRequest, register: Register, row: Any) -> HttpResponse:
    """Change a row by the room's own action, against the version that was on the page."""
    if register.form is None or register.edit is None or register.change is None:
        raise Http404
    require(request.actor, register.change, row)
    form = _form(register, request, row)
    if _run(form, register.edit, row, by=request.actor, **_expecting(register, request)):
        messages.success(request, _("The change was saved."))
        return redirect(register.page_of(row))
    subject = register.subject(row)
    context = {"version": subject.version if register.has_versions and subject else "", "theirs": _theirs(register, request, row)}
    return page(request, "commons/register/form.html", register=register, form=form, row=row, key=register.key_of(row), status=_status(form), **context)


@never_cache
@needs(SEE_REGISTERS)
@of_row
def register_close(request: DialogiRequest, register: Register, row: Any) -> HttpResponse:
    """Ask, then take a row out of use; what is closed stays readable."""
    if register.close is None or register.change is None:
        raise Http404
    require(request.actor, register.change, row)
    reason = ""
    if request.method == "POST":
        try:
            register.close(row, by=request.actor)
        except NotPossible as refusal:
            reason = str(refusal.reason)
        else:
            messages.success(request, _("It was taken out of use."))
            return redirect("registers:list", register.slug)
    return page(request, "commons/register/close.html", register=register, row=row, key=register.key_of(row), reason=reason, status=409 if reason else 200)


def _may_change(request: DialogiRequest, register: Register, row: Any = None) -> bool:
    return register.change is not None and bool(may(request.actor, register.change, row))


def _form(register: Register, request: DialogiRequest, row: Any) -> forms.BaseForm:
    form = (register.edit_form or register.form) if row is not None else register.form
    if form is None:
        raise Http404
    data = request.POST if request.method == "POST" else None
    if row is None:
        return form(data, initial={name: value for name, value in request.GET.items() if name in form.base_fields})  # type: ignore[attr-defined]
    if issubclass(form, forms.BaseModelForm):
        # A copy, because a model form writes into its instance while it validates.
        return form(data, instance=copy(row))
    return form(data, initial=register.initial(row))


def _run(form: forms.BaseForm, action: Callable[..., Any], *args: Any, **kwargs: Any) -> bool:
    if not form.is_bound or not form.is_valid():
        return False
    return cast(ActionFormMixin, form).run(action, *args, **kwargs, **form.cleaned_data)


def _expecting(register: Register, request: DialogiRequest) -> dict[str, int]:
    if not register.has_versions:
        return {}
    sent = request.POST.get("version", "")
    return {"expecting": int(sent) if sent.isascii() and sent.isdigit() else -1}


def _is_stale(register: Register, request: DialogiRequest, row: Any) -> bool:
    subject = register.subject(row)
    return subject is not None and register.has_versions and request.method == "POST" and _expecting(register, request)["expecting"] != subject.version


def _theirs(register: Register, request: DialogiRequest, row: Any) -> list[tuple[str, object]]:
    """What somebody else saved meanwhile, beside what this person wrote."""
    if not _is_stale(register, request, row):
        return []
    return [(str(column.label), shown(column.value(row))) for column in register.columns]


def _status(form: forms.BaseForm) -> int:
    return 422 if form.errors else 200


def _history(request: DialogiRequest, register: Register, row: Any) -> list[TimelineEntry]:
    subject = register.subject(row)
    if subject is None:
        return []
    return sentences(LedgerEntry.objects.filter(subject=subject).order_by("-id")[:HISTORY], actor=request.actor)
