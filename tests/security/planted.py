"""Pages that do what no page may, beside those of the house: each must be found by the test that looks for its fault."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from dialogi.commons.models import Subject
from dialogi.urls import urlpatterns as house
from dialogi.voices.models import Voice


def looking_writes(request: HttpRequest) -> HttpResponse:
    """A page that does what no page may."""
    Subject.objects.update(support_count=999)
    return HttpResponse("")


@csrf_exempt
def without_token(request: HttpRequest) -> HttpResponse:
    """A view that asks for no token."""
    return HttpResponse("done")


def credulous(request: HttpRequest) -> HttpResponse:
    """A view that believes its address."""
    response = HttpResponse(status=302)
    response["Location"] = request.GET["next"]
    return response


def obedient(request: HttpRequest) -> HttpResponse:
    """A view that writes whatever it is told."""
    Voice.objects.update(**{name: value for name, value in request.POST.items() if name in {"state", "retention_class"}})
    return HttpResponseRedirect("/sv/")


urlpatterns = [
    path("sv/writes/", looking_writes),
    path("sv/exempt/", without_token),
    path("sv/credulous/", credulous),
    path("sv/obedient/", obedient),
    *house,
]
