"""Addresses of harmonisation."""

from django.urls import path

from dialogi.systems.views import harmonisation_cases, harmonising

DESK = "desk/harmonisation/"
PAIR = f"{DESK}pairs/<str:first>/<str:second>/"
CASE = f"{DESK}cases/<str:key>/"
patterns = [
    path("harmonisation/<str:key>/", harmonisation_cases.case_page, name="case"),
    path(DESK, harmonising.overview, name="harmonisation"),
    path(f"{DESK}look/", harmonising.look, name="look_for_candidates"),
    path(f"{DESK}matrix/", harmonising.matrix, name="matrix"),
    path(f"{DESK}matrix.svg", harmonising.matrix_picture, name="matrix_picture"),
    path(f"{DESK}functions/<str:key>/", harmonising.cell, name="cell"),
    path(f"{DESK}candidates/", harmonising.candidates, name="candidates"),
    path(PAIR, harmonising.pair, name="pair"),
    path(f"{PAIR}dismiss/", harmonising.dismiss, name="dismiss_pair"),
    path(f"{PAIR}again/", harmonising.look_again, name="look_again"),
    path(f"{DESK}days/", harmonising.days, name="days"),
    path(f"{DESK}days.svg", harmonising.days_picture, name="days_picture"),
    path(f"{DESK}fit/", harmonising.fits, name="fits"),
    path(f"{DESK}fit.svg", harmonising.fit_picture, name="fit_picture"),
    path(f"{DESK}integrations/<str:key>/", harmonising.integrations, name="integrations"),
    path(f"{DESK}integrations/<str:key>/picture.svg", harmonising.integrations_picture, name="integrations_picture"),
    path(f"{DESK}what-if/", harmonisation_cases.what_if, name="what_if"),
    path(f"{DESK}cases/", harmonisation_cases.cases, name="cases"),
    path(f"{DESK}new-case/", harmonisation_cases.new_case, name="new_case"),
    path(CASE, harmonisation_cases.desk_case, name="desk_case"),
    path(f"{CASE}edit/", harmonisation_cases.edit_case, name="edit_case"),
    path(f"{CASE}move/", harmonisation_cases.move_case, name="move_case"),
    path(f"{CASE}decide/", harmonisation_cases.decide_case, name="decide_case"),
    path(f"{CASE}show/", harmonisation_cases.show_case, name="show_case"),
]
