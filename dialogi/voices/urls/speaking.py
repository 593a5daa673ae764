"""Addresses for speaking."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
