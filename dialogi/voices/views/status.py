"""The status page that a follow-up code opens, without an account: where it stands, and what the author can still say."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dialogi.commons.codes import digests, explain, grouped, normalise, spoken
from dialogi.commons.languages import current_language
from dialogi.commons.limits import Limit, check
from dialogi.commons.web import DialogiRequest, open_to_all, page
from dialogi.voices import actions
from dialogi.voices.forms.status import AppealForm, CodeForm, HandOnForm, ReopenForm
from dialogi.voices.models import Voice
from dialogi.voices.prints import receipt_pdf
from dialogi.voices.queries.receipt import receipt_data, status_of

GUESSING = Limit("receipt_code", 30, 600)
WHY = "the secret follow-up code in the address is the key"


def _voice(request: HttpRequest, code: str) -> Voice:
    """Find the voice that a code opens. Wrong codes all get the same answer, and only so many of them."""
    found = Voice.objects.filter(receipt_digest__in=digests(code)).select_related("subject", "unit", "about", "area").first() if not explain(code) else None
    if found is None:
        check(GUESSING, request=request)
        raise Http404
    return found


@never_cache
@require_http_methods(["GET", "POST"])
@open_to_all("anybody may type in a code")
def enter_code(request: DialogiRequest) -> HttpResponse:
    """Ask for the follow-up code and open its page."""
    form = CodeForm(request.POST or None)
    if form.is_valid():
        code = form.cleaned_data["code"]
        if Voice.objects.filter(receipt_digest__in=digests(code)).exists():
            return redirect("voices:status", code=code)
        check(GUESSING, request=request)
        form.add_error("code", _("No feedback has this code. Check the signs, or ask us by phone or at a service point."))
    return page(request, "voices/status_enter.html", form=form, status=422 if form.errors else 200)


@never_cache
@require_GET
@open_to_all(WHY)
def status(request: DialogiRequest, code: str) -> HttpResponse:
    """Show where the voice stands; right after sending, this is the receipt."""
    voice = _voice(request, code)
    return _page(request, voice, code, ReopenForm(), AppealForm())


def _page(request: DialogiRequest, voice: Voice, code: str, reopen_form: ReopenForm, appeal_form: AppealForm, *, status: int = 200) -> HttpResponse:
    bare = normalise(code)
    shown = status_of(voice)
    form = reopen_form if reopen_form.errors else appeal_form
    hand_on_form = HandOnForm(initial={"contact": voice.may_pass_contact, "words": voice.may_pass_words})
    forms = {"hand_on_form": hand_on_form, "reopen_form": reopen_form, "appeal_form": appeal_form}
    context = {"code": bare, "grouped": grouped(bare), "spoken": spoken(bare, current_language()), **forms}
    return page(request, "voices/status_page.html", voice=voice, shown=shown, form=form, status=status, **context)


@never_cache
@require_POST
@open_to_all(WHY)
def helped(request: DialogiRequest, code: str) -> HttpResponse:
    """The author says that the answer helped."""
    actions.say_it_helped(_voice(request, code), by=request.actor, with_receipt=True)
    return redirect("voices:status", code=normalise(code))


@never_cache
@require_POST
@open_to_all(WHY)
def reopen(request: DialogiRequest, code: str) -> HttpResponse:
    """The author says that the answer did not help, and why."""
    voice, form = _voice(request, code), ReopenForm(request.POST)
    if form.is_valid() and form.run(actions.reopen, voice, reason=form.cleaned_data["reason"], by=request.actor, with_receipt=True):
        return redirect("voices:status", code=normalise(code))
    return _page(request, voice, code, form, AppealForm(), status=422)


@never_cache
@require_POST
@open_to_all(WHY)
def appeal(request: DialogiRequest, code: str) -> HttpResponse:
    """The author asks for a publication decision to be reviewed."""
    voice, form = _voice(request, code), AppealForm(request.POST)
    if form.is_valid() and form.run(actions.appeal, voice, text=form.cleaned_data["text"], by=request.actor, with_receipt=True):
        return redirect("voices:status", code=normalise(code))
    return _page(request, voice, code, ReopenForm(), form, status=422)


@never_cache
@require_POST
@open_to_all(WHY)
def hand_on(request: DialogiRequest, code: str) -> HttpResponse:
    """The author says what the other organisation may get."""
    voice, form = _voice(request, code), HandOnForm(request.POST)
    if form.is_valid():
        agreed = {"contact": form.cleaned_data["contact"], "words": form.cleaned_data["words"]}
        form.run(actions.agree_to_hand_on, voice, **agreed, wording=form.wording, by=request.actor, with_receipt=True)
    return redirect("voices:status", code=normalise(code))


@never_cache
@require_POST
@open_to_all(WHY)
def claim(request: DialogiRequest, code: str) -> HttpResponse:
    """Tie the voice to the account of the one who holds the code and is signed in."""
    actions.claim(_voice(request, code), by=request.actor)
    return redirect("voices:status", code=normalise(code))


@never_cache
@require_GET
@open_to_all(WHY)
def receipt(request: DialogiRequest, code: str) -> HttpResponse:
    """Return the receipt as a PDF in the language of the page."""
    voice = _voice(request, code)
    pdf = receipt_pdf(receipt_data(voice, code, address=request.build_absolute_uri(f"/{current_language()}/status/")), current_language())
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="dialogi-{voice.subject.code}.pdf"'
    return response
