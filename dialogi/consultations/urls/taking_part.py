"""Addresses for taking part."""

from django.urls import path

from dialogi.consultations.views import commenting

urlpatterns = [
    path("consultations/phases/<int:key>/comment/", commenting.comment, name="comment"),
    path("consultations/<str:key>/comments/", commenting.comments, name="comments"),
    path("desk/consultations/phases/<int:key>/record/", commenting.record_comment, name="record_comment"),
]
