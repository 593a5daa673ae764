"""Form fields for files: what was chosen once stays chosen until the form is right."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from dialogi.commons.attachments.holding import describe, held, hold, look_address, release, token
from dialogi.commons.attachments.kinds import EVERY_KIND, IMAGES, FileKind
from dialogi.commons.attachments.preparing import Prepared, prepare_upload
from dialogi.commons.models.attachments import HeldUpload

MOST_PHOTOS = 5
MOST_BYTES = 30_000_000
_TOO_MANY = ngettext_lazy(
    "You can send at most %(limit)s file. Remove the others.",
    "You can send at most %(limit)s files. Remove the others.",
    "limit",
)


@dataclass(frozen=True, slots=True)
class Sent:
    """What came with the form: new files, the tokens of those already held with what they show, and which of those are to go."""

    files: tuple[UploadedFile, ...] = ()
    held: tuple[str, ...] = ()
    removed: frozenset[str] = frozenset()
    descriptions: tuple[str, ...] = ()


class PhotosInput(forms.FileInput):
    """The file input with what is already held, each with a box to remove it."""

    allow_multiple_selected = True
    template_name = "commons/photos_input.html"
    kept: tuple[HeldUpload, ...] = ()
    asks_description = False

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Sent:
        """Gather the new files and the tokens of those already held."""
        return Sent(
            files=tuple(_listed(files, name)),
            held=tuple(_listed(data, f"{name}_held")),
            removed=frozenset(_listed(data, f"{name}_remove")),
            descriptions=tuple(_listed(data, f"{name}_description")),
        )

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        """Nothing chosen is an answer too."""
        return False

    def use_required_attribute(self, initial: object) -> bool:
        """Leave it to the server: a held photo is not in the input."""
        return False

    def get_context(self, name: str, value: object, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Add what is held, with its token and its small picture."""
        context = super().get_context(name, None, attrs)
        context["widget"] |= {"kept": self.shown, "asks_description": self.asks_description}
        return context

    @property
    def shown(self) -> list[dict[str, Any]]:
        """What is held, as a template shows it and sends it back."""
        return [
            {
                "name": upload.name,
                "token": token(upload),
                "picture": look_address(upload) if upload.has_thumbnail else "",
                "size": upload.size,
                "description": upload.description,
            }
            for upload in self.kept
        ]


class FilesField(forms.Field):
    """Files of any kind that is taken. The cleaned value is a tuple of held uploads, for `attach` in the verb.

    Fit files are held as soon as they have arrived, so that errors elsewhere in the form lose none of them.
    """

    widget = PhotosInput
    kinds: frozenset[FileKind] = EVERY_KIND
    default_error_messages = {
        "required": _("Add a file."),
        "total": _("The files are too large together: at most %(megabytes)s megabytes are taken. Remove some."),
    }

    def __init__(self, *, limit: int = MOST_PHOTOS, max_bytes: int = MOST_BYTES, **options: Any) -> None:
        super().__init__(**options)
        self.limit, self.max_bytes = limit, max_bytes
        self.widget.attrs.setdefault("accept", ",".join(sorted(kind.content_type.partition(";")[0] for kind in self.kinds)))
        self.widget.attrs.setdefault("multiple", limit > 1)

    def clean(self, value: Any) -> tuple[HeldUpload, ...]:
        """Check, make harmless and hold what came; raises ValidationError with a sentence for each file that is not taken."""
        sent = value if isinstance(value, Sent) else Sent()
        release(text for text in sent.held if text in sent.removed)
        if len(sent.descriptions) == len(sent.held):
            describe(zip(sent.held, sent.descriptions, strict=True))
        kept = held(text for text in sent.held if text not in sent.removed)
        self.widget.kept = tuple(kept)
        problems: list[ValidationError] = []
        fresh = self._prepared(sent.files[: self.limit + 1], kept, problems)
        room = self._room(kept, fresh, problems)
        try:
            kept += hold(fresh[:room])
        except ValidationError as error:
            problems.append(error)
        self.widget.kept = tuple(kept)
        if problems:
            raise ValidationError(problems)
        if self.required and not kept:
            raise ValidationError(self.error_messages["required"], code="required")
        return tuple(kept)

    def has_changed(self, initial: object, data: object) -> bool:
        """Anything sent is a change."""
        return isinstance(data, Sent) and bool(data.files or data.held)

    def _prepared(self, files: tuple[UploadedFile, ...], kept: list[HeldUpload], problems: list[ValidationError]) -> list[Prepared]:
        known = {upload.sha256 for upload in kept}
        fresh = []
        for file in files:
            try:
                prepared = prepare_upload(file, kinds=self.kinds)
            except ValidationError as error:
                problems.append(error)
                continue
            if prepared.sha256 not in known:  # the same photo chosen again is the same photo
                known.add(prepared.sha256)
                fresh.append(prepared)
        return fresh

    def _room(self, kept: list[HeldUpload], fresh: list[Prepared], problems: list[ValidationError]) -> int:
        room = max(0, self.limit - len(kept))
        if len(fresh) > room:
            problems.append(ValidationError(_TOO_MANY, code="limit", params={"limit": self.limit}))
        total = sum(upload.size for upload in kept)
        for place, file in enumerate(fresh[:room]):
            total += file.size
            if total > self.max_bytes:
                problems.append(ValidationError(self.error_messages["total"], code="total", params={"megabytes": self.max_bytes // 1_000_000}))
                return place
        return room


class PhotosField(FilesField):
    """Up to five photos, drawn anew without place, time or camera."""

    kinds = IMAGES

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.widget.asks_description = True


def _listed(data: Any, name: str) -> list[Any]:
    if hasattr(data, "getlist"):
        return list(data.getlist(name))
    value = data.get(name) or []
    return list(value) if isinstance(value, (list, tuple)) else [value]
