"""Pages for the tests of the public door."""

import secrets
from importlib import import_module

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.middleware.csrf import get_token
from django.urls import path
from django.views.decorators.vary import vary_on_headers

from dialogi.commons.models import Subject
from dialogi.commons.public_door import public_page
from dialogi.commons.versions import of_anything, of_kinds, of_subject


def _words(request: HttpRequest) -> str:
    """Every page is another one: a stored page shows by its words."""
    return f"<p>{secrets.token_hex(8)} {request.GET.get('q', '')}</p>" + "<p>calm and warm</p>" * 100


@public_page(of_subject)
def subject(request: HttpRequest, key: str) -> HttpResponse:
    found = Subject.objects.visible_to(request.actor).filter(code=key).first()
    return HttpResponse(_words(request) + found.code if found else "gone", status=200 if found else 404)


@public_page(of_kinds("people.area.*"))
def areas(request: HttpRequest) -> HttpResponse:
    request.public_until = getattr(areas, "until", None)
    return HttpResponse(_words(request))


@public_page(of_anything)
def numbers(request: HttpRequest) -> HttpResponse:
    return JsonResponse({"number": secrets.token_hex(8)})


@public_page(of_anything)
def with_cookie(request: HttpRequest) -> HttpResponse:
    response = HttpResponse(_words(request))
    response.set_cookie("mark", "1")
    return response


@public_page(of_anything)
def with_token(request: HttpRequest) -> HttpResponse:
    return HttpResponse(_words(request) + get_token(request))


@public_page(of_anything)
def with_session(request: HttpRequest) -> HttpResponse:
    return HttpResponse(_words(request) + str(request.session.get("name")))


@public_page(of_anything)
@vary_on_headers("Accept-Language")
def by_language(request: HttpRequest) -> HttpResponse:
    return HttpResponse(_words(request))


@public_page(of_anything)
def curious(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f"cookies: {sorted(request.COOKIES)} {_words(request)}")


@public_page(of_anything)
def elsewhere(request: HttpRequest) -> HttpResponse:
    return HttpResponseRedirect("/plain/")


@public_page(of_anything)
def a_file(request: HttpRequest) -> HttpResponse:
    return HttpResponse(_words(request), content_type="application/pdf")


def plain(request: HttpRequest) -> HttpResponse:
    return HttpResponse(_words(request))


def crash(request: HttpRequest) -> HttpResponse:
    raise RuntimeError


names = ("areas", "numbers", "with_cookie", "with_token", "with_session", "by_language", "curious", "elsewhere", "a_file", "plain", "crash")
urlpatterns = [
    path("without_language/", areas),
    *i18n_patterns(path("subject/<str:key>/", subject), *(path(f"{name}/", globals()[name]) for name in names)),
    *import_module(settings.ROOT_URLCONF).urlpatterns,
]
