"""Addresses of the cellar that carry no language: files, charts, health."""

from django.urls import URLPattern, path

from dialogi.commons import health
from dialogi.commons.attachments import views as files
from dialogi.commons.charts import views as charts
from dialogi.commons.watching.metrics import metrics

app_name = "commons"
urlpatterns: list[URLPattern] = [
    path("health/live", health.live, name="live"),
    path("health/ready", health.ready, name="ready"),
    path("health/metrics", metrics, name="metrics"),
    path("charts/<str:signed>/<str:drawing>.svg", charts.picture, name="chart"),
    path("files/held/<str:key>", files.held_photo, name="held_photo"),
    path("files/<str:key>/<str:variant>", files.attachment, name="attachment"),
]
