"""Staff without a second factor are led to it instead of being turned away."""

from collections.abc import Callable
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from dialogi.commons.permissions import NotAllowed


class SecondFactorMiddleware:
    """A refusal whose cause is the missing second factor becomes the way to it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Lead to the second factor what a role would have opened; the rest goes on to its own page."""
        if not isinstance(error, (NotAllowed, Http404)) or not getattr(request, "awaits_second_factor", False):
            return None
        here = request.get_full_path() if request.method == "GET" else reverse("people:me")
        return HttpResponseRedirect(f"{reverse('people:second_factor')}?{urlencode({'next': here})}")
