"""Addresses of the room."""

from django.urls import path

from dialogi.people.views import me, nouns, records, sign_in

app_name = "people"
urlpatterns = [
    # Before the library's own addresses under account/, which stand for what is not named here.
    path("account/login/", sign_in.sign_in, name="sign_in"),
    path("account/logout/", sign_in.sign_out, name="sign_out"),
    path("account/password/<path:rest>", sign_in.nothing_here),
    path("account/reauthenticate/", sign_in.nothing_here),
    path("account/2fa/totp/activate/", sign_in.add_app, name="add_app"),
    path("account/2fa/webauthn/add/", sign_in.add_passkey, name="add_passkey"),
    path("me/", me.my_page, name="me"),
    path("me/preferences/", me.preferences, name="preferences"),
    path("me/data/", me.my_data, name="my_data"),
    path("me/data/file/", me.my_file, name="my_file"),
    path("me/data/erase/", me.ask_for_erasure, name="ask_erasure"),
    path("me/data/erase/<int:pk>/take-back/", me.take_back_erasure, name="take_back_erasure"),
    path("me/consents/<int:pk>/take-back/", me.take_back_consent, name="take_back_consent"),
    path("me/second-factor/", sign_in.second_factor, name="second_factor"),
    path("me/sign-in-again/", sign_in.sign_in_again, name="sign_in_again"),
    path("erasures/", records.erasure_requests, name="erasure_requests"),
    path("erasures/<int:pk>/", records.erasure_request, name="erasure_request"),
    path("retention/", records.retention, name="retention"),
    path("units/<str:key>/", nouns.unit_page, name="unit"),
    path("composition/", nouns.composition, name="composition"),
    path("municipality/<str:key>/", nouns.municipality_page, name="municipality"),
    path("bodies/<str:key>/", nouns.body_page, name="body"),
    path("posts/<str:key>/", nouns.post_page, name="post"),
    path("areas/<str:key>/", nouns.area_page, name="area"),
    path("organisations/<str:key>/", nouns.organisation_page, name="organisation"),
    path("people/<str:key>/", nouns.person_page, name="person"),
]
