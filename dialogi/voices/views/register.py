"""The case register: case numbers, retention classes, and taking out a record with its history."""

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dialogi.commons.paging import TownPages
from dialogi.commons.pdf import pdf_response
from dialogi.commons.registry import registry
from dialogi.commons.web import DialogiRequest, needs, page
from dialogi.voices import actions
from dialogi.voices.forms.desk import CaseNumberForm
from dialogi.voices.forms.register import RegisterForm
from dialogi.voices.models import Voice
from dialogi.voices.papers import record_pdf as make_record_pdf
from dialogi.voices.queries import register as reads
from dialogi.voices.rules import KEEP_REGISTER
from dialogi.voices.views.notices import say


@never_cache
@require_GET
@needs(KEEP_REGISTER)
def cases(request: DialogiRequest) -> HttpResponse:
    """List voices with and without a case number, those no unit has, and their retention classes."""
    form = RegisterForm(request.GET)
    shown = TownPages(reads.registered(request.actor, form.wanted()), reads.PAGE_SIZE).get_page(request.GET.get("page"))
    return page(request, "voices/register_list.html", form=form, shown=shown, classes=dict(reads.retention_classes()))


@never_cache
@require_http_methods(["GET", "POST"])
@needs(KEEP_REGISTER, Voice)
def case(request: DialogiRequest, voice: Voice) -> HttpResponse:
    """Show one voice to the registrar; give it its case number and its retention class."""
    initial = {"number": voice.case_number, "retention_class": voice.retention_class if voice.case_number else "voices.matter"}
    form = CaseNumberForm(reads.retention_classes(), request.POST or None, initial=initial)
    if form.is_valid() and form.run(actions.give_case_number, voice, by=request.actor, **form.cleaned_data):
        say(request, _("The case number is given."))
        return redirect("voices:register_case", key=voice.subject.code)
    retention = registry.retentions.get(voice.retention_class)
    return page(request, "voices/register_case.html", voice=voice, form=form, retention=retention, status=422 if form.errors else 200)


def _taken_out(request: DialogiRequest, voice: Voice, what: str) -> dict[str, object]:
    """The reading is written down first, so that the record tells of it too."""
    actions.note_reading(voice, by=request.actor, what=what)
    freeze = registry.nouns["voices.voice"].freeze
    return freeze(voice.subject) if freeze else {}


@never_cache
@require_POST
@needs(KEEP_REGISTER, Voice)
def record_json(request: DialogiRequest, voice: Voice) -> HttpResponse:
    """Take out the whole record with its history as JSON; that it was taken out is written down."""
    response = JsonResponse(_taken_out(request, voice, "record.json"), json_dumps_params={"ensure_ascii": False, "indent": 2})
    response["Content-Disposition"] = f'attachment; filename="{voice.subject.code}.json"'
    return response


@never_cache
@require_POST
@needs(KEEP_REGISTER, Voice)
def record_pdf(request: DialogiRequest, voice: Voice) -> HttpResponse:
    """Take out the whole record with its history as PDF; that it was taken out is written down."""
    record = _taken_out(request, voice, "record.pdf")
    return pdf_response(make_record_pdf(voice, record), filename=f"{voice.subject.code}.pdf")
