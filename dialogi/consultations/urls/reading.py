"""Addresses for reading."""

from django.urls import path

from dialogi.consultations.views import reading

urlpatterns = [
    path("consultations/", reading.consultations, name="consultations"),
    path("consultations/feed.atom", reading.feed, name="feed"),
    path("consultations/<str:key>/", reading.consultation, name="consultation"),
    path("consultations/<str:key>/preview/<str:secret>/", reading.preview, name="preview"),
]
