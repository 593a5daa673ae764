"""Single-use codes that were handed out."""

from django.utils.translation import gettext_lazy as _

from dialogi.commons.codes import digests, explain
from dialogi.commons.permissions import NotPossible
from dialogi.consultations.models import AccessCode, Phase


def code_of(phase: Phase, *, code: str) -> AccessCode:
    """Return what was handed out for this phase under a code; NotPossible says what is wrong with one that opens nothing."""
    if wrong := explain(code):
        raise NotPossible(wrong)
    found = AccessCode.objects.filter(phase=phase, digest__in=digests(code), is_void=False).select_related("response", "participant").first()
    if found is None:
        raise NotPossible(_("No answer can be given with this code. Check the signs, or ask us."))
    return found
