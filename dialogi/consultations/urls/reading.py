"""Addresses for reading."""

from django.urls import path

from dialogi.consultations.views import exporting, mapping, points, reading

urlpatterns = [
    path("consultations/", reading.consultations, name="consultations"),
    path("consultations/feed.atom", reading.feed, name="feed"),
    path("consultations/<str:key>/data/<slug:slug>.<str:ending>", exporting.export, name="export"),
    path("consultations/<str:key>/places.json", mapping.comment_places, name="comment_places"),
    path("consultations/<str:key>/map.svg", mapping.comment_map, name="comment_map"),
    path("consultations/<str:key>/points/", points.public_points, name="public_points"),
    path("consultations/<str:key>/points.pdf", points.public_points_pdf, name="public_points_pdf"),
    path("consultations/<str:key>/points.docx", points.public_points_docx, name="public_points_docx"),
    path("consultations/<str:key>/", reading.consultation, name="consultation"),
    path("consultations/<str:key>/preview/<str:secret>/", reading.preview, name="preview"),
]
