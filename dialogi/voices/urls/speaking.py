"""Addresses for speaking."""

from django.urls import path

from dialogi.voices.views import recording, speaking, status

urlpatterns = [
    path("speak/", speaking.speak, name="speak"),
    path("speak/similar/", speaking.similar, name="similar"),
    path("speak/sheet.pdf", speaking.sheet, name="sheet"),
    path("status/", status.enter_code, name="enter_code"),
    path("status/<str:code>/", status.status, name="status"),
    path("status/<str:code>/helped/", status.helped, name="helped"),
    path("status/<str:code>/reopen/", status.reopen, name="reopen"),
    path("status/<str:code>/appeal/", status.appeal, name="appeal"),
    path("status/<str:code>/hand-on/", status.hand_on, name="hand_on"),
    path("status/<str:code>/claim/", status.claim, name="claim"),
    path("status/<str:code>/receipt.pdf", status.receipt, name="receipt"),
    path("desk/record/", recording.record, name="record"),
    path("desk/record/<str:code>/", recording.recorded, name="recorded"),
]
