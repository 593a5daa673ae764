"""Addresses of the room."""

from django.urls import path

from dialogi.services import views

app_name = "services"
urlpatterns = [
    path("services/", views.services, name="services"),
    path("services/<slug:key>/", views.service, name="service"),
    path("service-points/", views.service_points, name="points"),
    path("service-points/places.json", views.point_places, name="point_places"),
    path("service-points/map.svg", views.point_map, name="point_map"),
    path("service-points/<str:key>/", views.service_point, name="point"),
]
