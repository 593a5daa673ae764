"""Signing in as one of the demo's role-named people, without mail and without a second factor. Only in a demo."""

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache

from dialogi.commons.web import open_to_all, page
from dialogi.demo.people import demo_people

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@never_cache
@open_to_all("the demo's way in; every name there is a role")
def sign_in(request: HttpRequest) -> HttpResponse:
    """Choose a role and be it."""
    if not settings.DEMO:
        raise Http404
    wanted = request.GET.get("next", "")
    if request.method != "POST":
        return page(request, "demo/sign_in.html", groups=demo_people(), next=wanted)
    person = next((person for group in demo_people() for person in group.people if person.subject.code == request.POST.get("person")), None)
    if person is None or person.account is None:
        raise Http404
    login(request, person.account, backend=BACKEND)
    record_authentication(request, person.account, method="demo")
    wanted = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return HttpResponseRedirect(wanted if is_ours else get_adapter(request).get_login_redirect_url(request))
