"""Addresses of the demo: only there when the installation is a demo."""

from django.urls import URLPattern

app_name = "demo"
urlpatterns: list[URLPattern] = []
