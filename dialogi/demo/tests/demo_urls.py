"""The addresses of a house that is a demo."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from dialogi import urls

urlpatterns = [*urls.urlpatterns, *i18n_patterns(path("", include("dialogi.demo.urls")), prefix_default_language=True)]
