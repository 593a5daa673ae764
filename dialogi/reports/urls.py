"""Addresses of the room."""

from django.urls import path

from dialogi.reports import views

app_name = "reports"
urlpatterns = [
    path("statistics/", views.statistics_page, name="statistics"),
    path("promises/", views.promises_page, name="promises"),
]
