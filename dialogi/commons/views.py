"""Pages of the house itself: the way in by language, and errors."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import get_language_from_request
from django.views.decorators.vary import vary_on_headers

from dialogi.commons.web import open_to_all


@open_to_all("the way in")
@vary_on_headers("Accept-Language")
def front_door(request: HttpRequest) -> HttpResponse:
    """Send the visitor to the front page in a language that their browser asks for."""
    return HttpResponseRedirect(f"/{get_language_from_request(request)[:2]}/")


@open_to_all("an error page")
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say that the form was open too long, without the technical reason."""
    return render(request, "403_csrf.html", status=403)
