"""Addresses of moderation, of the case register, of letters and calls."""

from django.urls import path

from dialogi.voices.views import moderating, openness, register, telling

urlpatterns = [
    path("moderation/", openness.log, name="moderation"),
    path("moderation/feed.atom", openness.feed, name="moderation_feed"),
    path("desk/moderation/", moderating.checks, name="checks"),
    path("desk/moderation/<str:key>/", moderating.check, name="check"),
    path("desk/moderation/<str:key>/publish/", moderating.publish, name="publish"),
    path("desk/moderation/<str:key>/mask/", moderating.mask, name="mask"),
    path("desk/moderation/<str:key>/refuse/", moderating.refuse, name="refuse"),
    path("desk/moderation/<str:key>/withdraw/", moderating.withdraw, name="withdraw"),
    path("desk/moderation/<str:key>/review/", moderating.decide_appeal, name="decide_appeal"),
    path("desk/moderation/<str:key>/photos/<int:pk>/", moderating.photo, name="moderate_photo"),
    path("desk/register/", register.cases, name="register"),
    path("desk/register/<str:key>/", register.case, name="register_case"),
    path("desk/register/<str:key>/record.json", register.record_json, name="record_json"),
    path("desk/register/<str:key>/record.pdf", register.record_pdf, name="record_pdf"),
    path("desk/letters/", telling.letters, name="letters"),
    path("desk/letters/letters.pdf", telling.letters_pdf, name="letters_pdf"),
    path("desk/letters/printed/", telling.letters_printed, name="letters_printed"),
    path("desk/calls/", telling.calls, name="calls"),
    path("desk/calls/<str:key>/", telling.called, name="called"),
]
