"""The one place where files go out, each asked of the Subject it belongs to."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header, quote_etag
from django.views.decorators.http import require_safe

from dialogi.commons.actors import ANONYMOUS
from dialogi.commons.attachments.holding import looked_at
from dialogi.commons.attachments.links import opens
from dialogi.commons.attachments.storing import VARIANTS, read
from dialogi.commons.models.attachments import Attachment, StoredFile
from dialogi.commons.models.subjects import Audience
from dialogi.commons.web import DialogiRequest, open_to_all

# A file in a browser is a page of its own to it: no script, no form, no origin of ours.
_POLICY = "sandbox; default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'"
_PUBLIC_SECONDS = 30  # what is hidden must be gone from every cache well within a minute


@require_safe
@open_to_all("each file asks the Subject it belongs to")
def attachment(request: DialogiRequest, key: str, variant: str) -> HttpResponse:
    """Send a file, or its small picture, to whoever may see its Subject; 404 to everybody else."""
    if variant not in VARIANTS:
        raise Http404
    wanted = Attachment.objects.filter(storage_name=key)
    # Public first, without asking who it is: such an answer depends on no cookie and may be cached.
    found = wanted.visible_to(ANONYMOUS).first()
    is_public = found is not None
    found = found or wanted.visible_to(request.actor).first()
    if found is None and opens(request.GET.get("key", ""), key):
        found = wanted.available().filter(audience="").exclude(subject__audience=Audience.NOBODY).first()
    if found is None or (variant == "thumbnail" and not found.has_thumbnail):
        raise Http404
    return _answer(request, found, variant, is_public=is_public)


@require_safe
@open_to_all("the signed address was given to the form that sent the photo")
def held_photo(request: DialogiRequest, key: str) -> HttpResponse:
    """Send the small picture of a photo whose form is not sent yet."""
    upload = looked_at(key)
    if upload is None or not upload.has_thumbnail or upload.is_quarantined:
        raise Http404
    return _answer(request, upload, "thumbnail", is_public=False)


def _answer(request: HttpRequest, stored: StoredFile, variant: str, *, is_public: bool) -> HttpResponse:
    etag = quote_etag(f"{stored.sha256[:32]}-{variant}")
    response = get_conditional_response(request, etag=etag)
    if response is None:
        response = HttpResponse(_bytes(stored, variant), content_type="image/jpeg" if variant == "thumbnail" else stored.content_type)
        response["Content-Disposition"] = content_disposition_header(not stored.is_image, stored.name) or "attachment"
    response["ETag"] = etag
    response["Cache-Control"] = f"public, max-age={_PUBLIC_SECONDS}" if is_public else "private, no-store"
    response["Content-Security-Policy"] = _POLICY
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


def _bytes(stored: StoredFile, variant: str) -> bytes:
    try:
        return read(stored, variant)
    except FileNotFoundError:
        raise Http404 from None
