"""Addresses of the cellar's pages; they lie under the language."""

from django.urls import path

from dialogi.commons import pages

app_name = "pages"
urlpatterns = [
    path("map.svg", pages.place_map, name="place_map"),
    path("follow/confirm/<str:token>/", pages.follow_confirm, name="follow_confirm"),
    path("follow/stop/<str:token>/", pages.follow_stop, name="follow_stop"),
    path("follow/<str:key>/", pages.follow, name="follow"),
    path("follow/<str:key>/account/", pages.follow_by_account, name="follow_by_account"),
    path("follow/<str:key>/sent/", pages.follow_sent, name="follow_sent"),
    path("follow/<str:key>/feed.atom", pages.feed, name="feed"),
]
