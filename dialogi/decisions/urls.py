"""Addresses of the room: reading, matters at the desk, decisions at the desk."""

from django.urls import path

from dialogi.decisions.views import decisions, matters, reading

app_name = "decisions"
urlpatterns = [
    path("matters/", reading.matters, name="matters"),
    path("matters/feed.atom", reading.matters_feed, name="matters_feed"),
    path("matters/<str:key>/", reading.matter, name="matter"),
    path("decisions/", reading.decisions, name="decisions"),
    path("decisions/feed.atom", reading.decisions_feed, name="decisions_feed"),
    path("decisions/<str:key>/", reading.decision, name="decision"),
    path("desk/matters/", matters.matters, name="desk_matters"),
    path("desk/matters/new/", matters.new_matter, name="new_matter"),
    path("desk/matters/<str:key>/", matters.matter, name="desk_matter"),
    path("desk/matters/<str:key>/edit/", matters.edit_matter, name="edit_matter"),
    path("desk/matters/<str:key>/move/", matters.move, name="move"),
    path("desk/matters/<str:key>/tie/", matters.tie, name="tie"),
    path("desk/matters/<str:key>/untie/", matters.untie, name="untie"),
    path("desk/matters/<str:key>/files/", matters.add_files, name="matter_files"),
    path("desk/matters/<str:key>/files/<int:pk>/", matters.change_file, name="matter_file"),
    path("desk/matters/<str:key>/decide/", decisions.decide, name="decide"),
    path("desk/tie/<str:key>/", matters.pick, name="pick"),
    path("desk/decisions/", decisions.decisions, name="desk_decisions"),
    path("desk/decisions/new/", decisions.new_decision, name="new_decision"),
    path("desk/decisions/<str:key>/", decisions.decision, name="desk_decision"),
    path("desk/decisions/<str:key>/edit/", decisions.edit_decision, name="edit_decision"),
    path("desk/decisions/<str:key>/publish/", decisions.publish, name="publish"),
    path("desk/decisions/<str:key>/discard/", decisions.discard, name="discard"),
    path("desk/decisions/<str:key>/about/", decisions.about, name="about"),
    path("desk/decisions/<str:key>/files/", decisions.add_files, name="decision_files"),
    path("desk/decisions/<str:key>/files/<int:pk>/", decisions.change_file, name="decision_file"),
]
