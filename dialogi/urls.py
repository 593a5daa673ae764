"""Addresses: wiring only. Every page lies under its language; files and machine addresses do not."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from dialogi.commons.views import front_door

urlpatterns = [
    path("", front_door, name="front_door"),
    path("", include("dialogi.commons.urls")),
    *i18n_patterns(
        path("", include("dialogi.commons.urls_pages")),
        path("", include("dialogi.commons.register.urls")),
        path("", include("dialogi.portal.urls")),
        path("", include("dialogi.voices.urls")),
        path("", include("dialogi.consultations.urls")),
        path("", include("dialogi.services.urls")),
        path("", include("dialogi.decisions.urls")),
        path("", include("dialogi.systems.urls")),
        path("", include("dialogi.people.urls")),
        path("", include("dialogi.reports.urls")),
        path("account/", include("allauth.urls")),
        *([path("", include("dialogi.demo.urls"))] if settings.DEMO else []),
        prefix_default_language=True,
    ),
]
