"""Addresses of the room."""

from django.urls import path

from dialogi.portal.views import operating, reading, translations

app_name = "portal"
urlpatterns = [
    path("", reading.front, name="front"),
    path("search/", reading.find, name="search"),
    path("about/<slug:name>/", reading.standing, name="standing"),
    path("desk/machinery/", operating.machinery, name="machinery"),
    path("desk/machinery/retry/", operating.retry, name="retry_failed"),
    path("desk/translations/", translations.queue, name="translations"),
    path("desk/translations/<str:key>/", translations.item, name="translation"),
    path("desk/translations/<str:key>/promise/", translations.promise, name="promise_translation"),
]
