"""Signing in and out: the library's views, where the house has something to add."""

from collections.abc import Callable
from urllib.parse import urlencode

from allauth.account import views as account
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from dialogi.commons.web import DialogiRequest, needs, open_to_all, page
from dialogi.people.actions import note_second_factor
from dialogi.people.models import Person
from dialogi.people.rules import BE_ONESELF
from dialogi.people.sign_in import account_of, is_fresh, second_factors


@open_to_all("the way in")
def sign_in(request: HttpRequest, *args: str, **kwargs: str) -> HttpResponse:
    """One page: an address for the code, a passkey, or the municipality's own sign-in."""
    return account.request_login_code(request)


@open_to_all("the way out")
def sign_out(request: HttpRequest) -> HttpResponse:
    """Ask, then end the session on the server and have the browser forget what it kept."""
    response: HttpResponse = account.logout(request)
    if request.method == "POST":
        response["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    return response


@open_to_all("there are no passwords here")
def nothing_here(request: HttpRequest, *args: str, **kwargs: str) -> HttpResponse:
    """Pages of the library that the house does not use."""
    raise Http404


@require_POST
@needs(BE_ONESELF)
def sign_in_again(request: DialogiRequest) -> HttpResponse:
    """Sign out, and in again, and come back: what is delicate wants a fresh sign-in."""
    back = safe_next(request)
    logout(request)
    return HttpResponseRedirect(f"{reverse('account_login')}?{urlencode({'next': back})}")


@never_cache
@needs(BE_ONESELF)
def second_factor(request: DialogiRequest) -> HttpResponse:
    """Tell staff why a second factor is needed and how to add it."""
    waits = getattr(request, "awaits_second_factor", False)
    return page(request, "people/second_factor.html", waits=waits, has_any=bool(second_factors(account_of(request))), next=safe_next(request))


@never_cache
@needs(BE_ONESELF)
def add_app(request: DialogiRequest) -> HttpResponse:
    """Add an authenticator app, right after signing in."""
    return _adding(request, totp.activate_totp, "totp")


@never_cache
@needs(BE_ONESELF)
def add_passkey(request: DialogiRequest) -> HttpResponse:
    """Add a passkey, right after signing in."""
    return _adding(request, webauthn.add_webauthn, "webauthn")


def _adding(request: DialogiRequest, view: Callable[..., HttpResponse], how: str) -> HttpResponse:
    # Without this, a session left open could get a key of somebody else's.
    if not is_fresh(request):
        return page(request, "people/sign_in_again.html", next=request.get_full_path())
    before = second_factors(account_of(request))
    response = view(request)
    if second_factors(account_of(request)) - before:
        record_authentication(request, request.user, method="mfa", type=how, reauthenticated=True)
        note_second_factor(Person.objects.get(account=account_of(request)), by=request.actor)
    return response


def safe_next(request: HttpRequest) -> str:
    """Return the address in `next` when it is ours, else the person's own page."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    if url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()):
        return wanted
    return reverse("people:me")
