"""Addresses of the room."""

from django.urls import path

from dialogi.portal import views

app_name = "portal"
urlpatterns = [
    path("", views.front, name="front"),
    path("search/", views.find, name="search"),
    path("about/<slug:name>/", views.standing, name="standing"),
]
