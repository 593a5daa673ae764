"""Addresses for reading."""

from django.urls import path

from dialogi.voices.views import reading

urlpatterns = [
    path("voices/", reading.voices, name="voices"),
    path("voices/places.json", reading.places, name="places"),
    path("voices/map.svg", reading.places_map, name="places_map"),
    path("voices/feed.atom", reading.feed, name="feed"),
    path("voices/<str:key>/", reading.voice, name="voice"),
    path("voices/<str:key>/support/", reading.support, name="support"),
    path("themes/", reading.themes, name="themes"),
    path("themes/feed.atom", reading.themes_feed, name="themes_feed"),
    path("themes/<str:key>/", reading.theme, name="theme"),
]
