"""Addresses of the desk."""

from django.urls import path

from dialogi.consultations.views import exporting, hearing, points, preparing, surveys

urlpatterns = [
    path("desk/consultations/", preparing.desk, name="desk"),
    path("desk/consultations/new/", preparing.begin, name="begin"),
    path("desk/consultations/phases/<int:key>/", preparing.edit_phase, name="edit_phase"),
    path("desk/consultations/phases/<int:key>/remove/", preparing.remove_phase, name="remove_phase"),
    path("desk/consultations/phases/<int:key>/more-time/", preparing.extend, name="extend"),
    path("desk/consultations/phases/<int:key>/questions/new/", surveys.new_question, name="new_question"),
    path("desk/consultations/phases/<int:key>/codes/", surveys.codes, name="codes"),
    path("desk/consultations/questions/<int:key>/", surveys.edit_question, name="edit_question"),
    path("desk/consultations/questions/<int:key>/arrange/", surveys.arrange_question, name="arrange_question"),
    path("desk/consultations/answers/<int:key>/late/", surveys.decide_late, name="decide_late"),
    path("desk/consultations/phases/<int:key>/versions/new/", hearing.new_version, name="new_version"),
    path("desk/consultations/phases/<int:key>/alternatives/new/", hearing.new_alternative, name="new_alternative"),
    path("desk/consultations/versions/<int:key>/", hearing.version, name="version"),
    path("desk/consultations/versions/<int:key>/ready/", hearing.publish_version, name="publish_version"),
    path("desk/consultations/paragraphs/<int:key>/", hearing.edit_paragraph, name="edit_paragraph"),
    path("desk/consultations/points/<int:key>/", points.point, name="point"),
    path("desk/consultations/points/<int:key>/arrange/", points.arrange_point, name="arrange_point"),
    path("desk/consultations/comments/<int:key>/late/", points.late_comment, name="late_comment"),
    path("desk/consultations/<str:key>/points/", points.points, name="points"),
    path("desk/consultations/<str:key>/points/gather/", points.gather, name="gather"),
    path("desk/consultations/<str:key>/record.json", exporting.take_out, name="take_out"),
    path("desk/consultations/<str:key>/answer/", points.answer_consultation, name="answer_consultation"),
    path("desk/consultations/annexes/<int:key>/", preparing.edit_annex, name="edit_annex"),
    path("desk/consultations/annexes/<int:key>/remove/", preparing.remove_annex, name="remove_annex"),
    path("desk/consultations/<str:key>/", preparing.overview, name="overview"),
    path("desk/consultations/<str:key>/words/", preparing.words, name="words"),
    path("desk/consultations/<str:key>/phases/new/", preparing.new_phase, name="new_phase"),
    path("desk/consultations/<str:key>/annexes/new/", preparing.new_annex, name="new_annex"),
    path("desk/consultations/<str:key>/preview-link/", preparing.preview_link, name="preview_link"),
    path("desk/consultations/<str:key>/publish/", preparing.publish, name="publish"),
    path("desk/consultations/<str:key>/cancel/", preparing.cancel, name="cancel"),
    path("desk/consultations/<str:key>/result/", preparing.result, name="result"),
    path("desk/consultations/<str:key>/copy/", preparing.copy, name="copy"),
    path("desk/consultations/<str:key>/decided/", preparing.decided, name="decided"),
]
