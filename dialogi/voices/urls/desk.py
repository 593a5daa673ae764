"""The desk's addresses."""

from django.urls import path

from dialogi.voices.views import desk, themes

urlpatterns = [
    path("desk/", desk.inbox, name="inbox"),
    path("desk/bulk/", desk.bulk, name="bulk"),
    path("desk/voices/<str:key>/", desk.case, name="case"),
    path("desk/voices/<str:key>/take/", desk.take, name="take"),
    path("desk/voices/<str:key>/reply/", desk.reply, name="reply"),
    path("desk/voices/<str:key>/assign/", desk.assign, name="assign"),
    path("desk/voices/<str:key>/hand-on/", desk.agree, name="agree"),
    path("desk/voices/<str:key>/note/", desk.note, name="note"),
    path("desk/voices/<str:key>/correct/", desk.reclassify, name="reclassify"),
    path("desk/voices/<str:key>/translate/", desk.translate, name="translate"),
    path("desk/voices/<str:key>/gather/", desk.gather, name="gather"),
    path("desk/themes/", themes.themes, name="desk_themes"),
    path("desk/themes/new/", themes.new_theme, name="new_theme"),
    path("desk/themes/<str:key>/", themes.theme, name="desk_theme"),
    path("desk/themes/<str:key>/edit/", themes.edit_theme, name="edit_theme"),
    path("desk/themes/<str:key>/reply/", themes.reply_to_theme, name="reply_to_theme"),
    path("desk/promises/", themes.promises, name="desk_promises"),
]
