"""The grammar of a view: load and check, ask, act, respond."""

from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from typing import Any, TypeVar, cast

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from dialogi.commons.actors import Actor
from dialogi.commons.models import Noun
from dialogi.commons.permissions import SIGN_IN_FIRST, Conflict, NotAllowed, NotPossible, Permission, may

View = Callable[..., HttpResponse]
M = TypeVar("M", bound=models.Model)


class DialogiRequest(HttpRequest):
    """A request that has passed ActorMiddleware."""

    actor: Actor


def load(request: DialogiRequest, model: type[M], key: str, *, field: str = "subject__code", along: Sequence[str] = ()) -> M:
    """Load an object that the actor may see; Http404 when it is not there or not visible. The only way to an object in a view.

    `along` names foreign keys that the page shows too, so that they are read in the same query.
    """
    rows = cast(Any, model)._default_manager.visible_to(request.actor).filter(**{field: key})
    with_it = ("subject", *along) if issubclass(model, Noun) else tuple(along)
    found = (rows.select_related(*with_it) if with_it else rows).first()
    if found is None:
        raise Http404
    return cast(M, found)


def needs(
    permission: Permission, model: type[models.Model] | None = None, *, field: str = "subject__code", along: Sequence[str] = ()
) -> Callable[[View], View]:
    """Guard a view: the actor must hold the permission, for the object in the address when a model is named.

    The view is called with the loaded object in place of the address part `key`. Not visible: 404. Visible but refused: 403 with the reason.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: DialogiRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if model is None:
                _ask(request.actor, permission, None)
                return view(request, *args, **kwargs)
            obj = load(request, model, kwargs.pop("key"), field=field, along=along)
            _ask(request.actor, permission, obj)
            return view(request, obj, *args, **kwargs)

        guarded.permission = permission  # type: ignore[attr-defined]
        return guarded

    return decorate


def _ask(actor: Actor, permission: Permission, obj: object) -> None:
    verdict = may(actor, permission, obj)
    if not verdict:
        raise NotAllowed(SIGN_IN_FIRST if actor.is_anonymous and not verdict.reason else verdict.reason)


def open_to_all(why: str) -> Callable[[View], View]:
    """Mark a view as open to everybody, with the reason; what it shows still passes `visible_to`."""

    def decorate(view: View) -> View:
        view.open_because = why  # type: ignore[attr-defined]
        return view

    return decorate


def page(request: HttpRequest, template: str, *, status: int = 200, **context: Any) -> HttpResponse:
    """Render a page, or the part of one that a script asks for, with the status that its form deserves."""
    return render(request, template, context, status=status)


class ActionFormMixin:
    """A form that can run an action: what the action objects to becomes the form's own errors, and nothing typed is lost."""

    result: Any = None

    def run(self, action: Callable[..., Any], *args: Any, **kwargs: Any) -> bool:
        """Validate, call the action with `kwargs`, and tell whether it was done; `result` holds what it returned.

        ValidationError and Conflict/NotPossible come back as errors of the form; NotAllowed goes on to the 403 page.
        """
        form = cast(forms.BaseForm, self)
        if not form.is_bound or not form.is_valid():
            return False
        try:
            self.result = action(*args, **kwargs)
        except ValidationError as error:
            _add_errors(form, error)
            return False
        except (Conflict, NotPossible) as refusal:
            form.add_error(None, str(refusal.reason))
            return False
        return True


def _add_errors(form: forms.BaseForm, error: ValidationError) -> None:
    fields: Mapping[str, Any] = error.error_dict if hasattr(error, "error_dict") else {}
    if not fields:
        form.add_error(None, error)
    for name, problems in fields.items():
        form.add_error(name if name in form.fields else None, problems)


def _always_demanded(constraint: models.BaseConstraint) -> list[str]:
    """Return the fields that a constraint wants words in, whatever else the row holds: those of `has_both`."""
    condition = getattr(constraint, "condition", None)
    if not isinstance(condition, models.Q) or condition.negated or condition.connector != models.Q.AND:
        return []
    wanted = [part.children for part in condition.children if isinstance(part, models.Q) and part.negated and len(part.children) == 1]
    return [field for ((field, value),) in wanted if value == ""]  # type: ignore[misc]


class ActionForm(ActionFormMixin, forms.Form):
    """A plain form that can run an action."""


class ActionModelForm(ActionFormMixin, forms.ModelForm):
    """A model form that can run an action; it parses and explains, it never saves."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # What the table always demands is asked for, and not called optional.
        for constraint in self._meta.model._meta.constraints:
            for name in _always_demanded(constraint):
                if name in self.fields:
                    self.fields[name].required = True
                    if constraint.violation_error_message != constraint.default_violation_error_message:
                        self.fields[name].error_messages["required"] = constraint.violation_error_message

    def save(self, commit: bool = True) -> Any:
        """Refuse: only actions write."""
        raise TypeError("forms never save; pass cleaned_data to an action")


class DeskForm(ActionForm):
    """One of several on a page: its fields have ids of their own, so that every label leads to its own field."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", f"{type(self).__name__.lower()}_%s")
        super().__init__(*args, **kwargs)


class VersionedForm(DeskForm):
    """A form that remembers which version the person saw."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    @property
    def seen(self) -> int | None:
        """The version that the person saw, or None."""
        return self.cleaned_data.get("version")
