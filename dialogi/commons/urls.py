"""Addresses of the cellar that carry no language: files, charts, health."""

from django.urls import URLPattern

app_name = "commons"
urlpatterns: list[URLPattern] = []
