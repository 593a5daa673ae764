"""Telling those whom no e-mail reaches: letters to print and post, calls to make."""

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from dialogi.commons.pdf import pdf_response
from dialogi.commons.sending import letters_printed as mark_printed
from dialogi.commons.sending import letters_waiting
from dialogi.commons.web import DialogiRequest, needs, page
from dialogi.voices import actions
from dialogi.voices.forms.register import PrintedForm
from dialogi.voices.models import Voice
from dialogi.voices.papers import letters_pdf as make_letters_pdf
from dialogi.voices.queries import register as reads
from dialogi.voices.rules import NOTE, POST_LETTERS, WORK_AT_DESK
from dialogi.voices.views.notices import say


@never_cache
@require_GET
@needs(POST_LETTERS)
def letters(request: DialogiRequest) -> HttpResponse:
    """List the letters that wait to be printed and posted."""
    return page(request, "voices/letters.html", letters=letters_waiting(by=request.actor))


@never_cache
@require_GET
@needs(POST_LETTERS)
def letters_pdf(request: DialogiRequest) -> HttpResponse:
    """Return the waiting letters as one PDF, each on its own page. They wait until somebody says that they were printed."""
    waiting = letters_waiting(by=request.actor)
    if not waiting:
        raise Http404
    return pdf_response(make_letters_pdf(waiting), filename="letters.pdf")


@require_POST
@needs(POST_LETTERS)
def letters_printed(request: DialogiRequest) -> HttpResponse:
    """Mark the letters that were on the page as printed and posted."""
    form = PrintedForm(request.POST, known=[letter.id for letter in letters_waiting(by=request.actor)])
    if form.is_valid():
        count = mark_printed(form.cleaned_data["letters"], by=request.actor)
        say(request, ngettext("%(count)s letter is marked as printed.", "%(count)s letters are marked as printed.", count) % {"count": count})
    return redirect("voices:letters")


@never_cache
@require_GET
@needs(WORK_AT_DESK)
def calls(request: DialogiRequest) -> HttpResponse:
    """List the authors who have only a phone and wait to be told."""
    shown = Paginator(reads.calls_to_make(request.actor), reads.PAGE_SIZE).get_page(request.GET.get("page"))
    return page(request, "voices/calls.html", shown=shown, calls=reads.as_calls(list(shown)))


@require_POST
@needs(NOTE, Voice)
def called(request: DialogiRequest, voice: Voice) -> HttpResponse:
    """Somebody called and told the author."""
    actions.say_called(voice, by=request.actor)
    say(request, _("The author was told by phone. It is written down."))
    return redirect("voices:calls")
