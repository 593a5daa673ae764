"""Addresses for reading."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
