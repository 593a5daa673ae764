"""Addresses of the room."""

from django.urls import path

from dialogi.systems.views import reading

app_name = "systems"
urlpatterns = [
    path("systems/<str:key>/", reading.system_page, name="system"),
]
