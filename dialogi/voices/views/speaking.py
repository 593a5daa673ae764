"""Speaking: the form, the look before sending, the printable sheet."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from dialogi.commons.codes import normalise
from dialogi.commons.limits import Limit, check
from dialogi.commons.models import Subject
from dialogi.commons.web import DialogiRequest, needs, open_to_all, page
from dialogi.voices import actions
from dialogi.voices.forms.speaking import SpeakForm
from dialogi.voices.models import OWN_KINDS
from dialogi.voices.prints import feedback_sheet
from dialogi.voices.queries.recognising import alike, code_of_the_house, misdirection_in, subjects_about, wellbeing_county
from dialogi.voices.queries.routing import promise_for
from dialogi.voices.rules import GIVE

GIVING = Limit("give_voice", 20, 3600)
SUGGESTING = Limit("suggest", 120, 600)


def _about(request: DialogiRequest) -> Subject | None:
    code = request.GET.get("about", "")[:12]
    return Subject.objects.visible_to(request.actor).filter(code=code).first() if code else None


def _offered(request: DialogiRequest) -> dict[str, str]:
    """A link from elsewhere, such as the accessibility statement, may choose the kind; the author can change it."""
    kind = request.GET.get("kind", "")
    return {"kind": kind} if kind in dict(OWN_KINDS) else {}


@never_cache
@require_http_methods(["GET", "POST"])
@needs(GIVE)
def speak(request: DialogiRequest) -> HttpResponse:
    """Show the form, look over what was written, or send it; the button that was pressed says which."""
    if request.method == "GET":
        return _form(request, SpeakForm(actor=request.actor, about=_about(request), initial=_offered(request)))
    form = SpeakForm(request.POST, request.FILES, actor=request.actor, about=_about(request))
    do = request.POST.get("do", "check")
    is_fine = form.is_valid()
    if do in {"edit", "find"} or not is_fine:
        return _form(request, form, status=200 if do in {"edit", "find"} else 422, forget_errors=do in {"edit", "find"})
    if do == "send":
        check(GIVING, actor=request.actor, request=request)
        if form.run(actions.give_voice, form.said(), form_key=form.cleaned_data["form_key"], by=request.actor):
            return redirect("voices:status", code=normalise(form.result.code))
        return _form(request, form, status=422)
    return _look_over(request, form)


def _form(request: DialogiRequest, form: SpeakForm, *, status: int = 200, forget_errors: bool = False) -> HttpResponse:
    if forget_errors:
        form.errors.clear()
    steps = [{"label": _("Your words"), "current": True}, {"label": _("Look it over")}, {"label": _("Receipt")}]
    return page(request, "voices/speak_form.html", form=form, steps=steps, status=status)


def _look_over(request: DialogiRequest, form: SpeakForm) -> HttpResponse:
    """Show what will be sent, who answers by when, what is similar, and what may belong elsewhere."""
    said = form.said()
    promise = promise_for(service=said.service, kind=said.kind, area=said.place.area, about=said.about, language=said.language)
    near = (said.place.latitude, said.place.longitude) if said.place.latitude is not None and said.place.longitude is not None else None
    guesses = [] if said.about else subjects_about(said.text, actor=request.actor, limit=4)
    steps = [{"label": _("Your words"), "done": True}, {"label": _("Look it over"), "current": True}, {"label": _("Receipt")}]
    return page(
        request,
        "voices/speak_check.html",
        form=form,
        said=said,
        promise_words=promise,
        similar=alike(said.text, actor=request.actor, near=near),
        guesses=guesses,
        elsewhere=wellbeing_county() if said.misdirected == "wellbeing" else None,
        steps=steps,
    )


@require_GET
@open_to_all("what is similar is public already")
def similar(request: DialogiRequest) -> HttpResponse:
    """Return a part of the page: public voices like the words so far, and what the words may really be."""
    check(SUGGESTING, actor=request.actor, request=request)
    text = request.GET.get("text", "")[:2000]
    found = alike(text, actor=request.actor) if len(text.strip()) >= 12 else []
    return page(request, "voices/_similar.html", similar=found, misdirected=misdirection_in(text))


@require_GET
@open_to_all("an empty form to print, the same for everybody")
def sheet(request: DialogiRequest) -> HttpResponse:
    """Return the form as a printable bilingual PDF, for libraries and the book bus."""
    about = _about(request)
    public = about if about is not None and about.audience == "public" else None
    titles = {"sv": public.title_sv, "fi": public.title_fi} if public else None
    addresses = {language: request.build_absolute_uri(f"/{language}/speak/") for language in ("sv", "fi")}
    pdf = feedback_sheet(code=public.code if public else code_of_the_house(), addresses=addresses, subject_title=titles)
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = 'inline; filename="dialogi.pdf"'
    return response
