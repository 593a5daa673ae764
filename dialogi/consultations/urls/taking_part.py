"""Addresses for taking part."""

from django.urls import path

from dialogi.consultations.views import commenting, hearing, opinions, statements, surveys

urlpatterns = [
    path("consultations/phases/<int:key>/comment/", commenting.comment, name="comment"),
    path("consultations/phases/<int:key>/draft/", hearing.draft, name="draft"),
    path("consultations/phases/<int:key>/draft/changes/", hearing.compare, name="compare"),
    path("consultations/phases/<int:key>/answer/", surveys.answer, name="answer"),
    path("consultations/phases/<int:key>/results/", surveys.results, name="results"),
    path("consultations/phases/<int:key>/opinions/", opinions.vote, name="vote"),
    path("consultations/phases/<int:key>/opinions/all/", opinions.statements, name="statements"),
    path("consultations/phases/<int:key>/opinions/propose/", opinions.propose, name="propose"),
    path("consultations/phases/<int:key>/opinions/proposed/", opinions.proposed, name="proposed"),
    path("consultations/phases/<int:key>/opinions/leave/", opinions.leave, name="leave"),
    path("consultations/phases/<int:key>/opinions/about-me/", opinions.about_me, name="about_me"),
    path("consultations/phases/<int:key>/opinions/results/", opinions.opinion_results, name="opinion_results"),
    path("consultations/answers/<str:code>/", surveys.response, name="response"),
    path("consultations/answers/<str:code>/change/", surveys.change_response, name="change_response"),
    path("consultations/answers/<str:code>/take-back/", surveys.take_back, name="take_back"),
    path("desk/consultations/phases/<int:key>/type-in/", surveys.record_answer, name="record_answer"),
    path("consultations/statements/<int:key>/", statements.statement, name="statement"),
    path("consultations/invited/<str:code>/", statements.invited, name="invited"),
    path("consultations/invited/<str:code>/statement/", statements.state, name="state"),
    path("consultations/invited/<str:code>/more-time/", statements.more_time, name="more_time"),
    path("consultations/invited/<str:code>/decline/", statements.decline, name="decline"),
    path("consultations/<str:key>/comments/", commenting.comments, name="comments"),
    path("desk/consultations/phases/<int:key>/record/", commenting.record_comment, name="record_comment"),
]
