"""Addresses of the room."""

from django.urls import path

from dialogi.systems import urls_harmonising
from dialogi.systems.describing import urls as describing
from dialogi.systems.views import desk, importing, overview

app_name = "systems"
urlpatterns = [
    *describing.urlpatterns,
    path("desk/systems/", overview.overview, name="overview"),
    path("desk/systems/import/", importing.new_import, name="new_import"),
    path("desk/systems/import/<int:key>/", importing.import_run, name="import"),
    path("desk/systems/import/<int:key>/answer/", importing.answer_import, name="answer_import"),
    path("desk/systems/import/<int:key>/finish/", importing.finish_import, name="finish_import"),
    path("desk/systems/<str:key>/", desk.desk_system, name="desk_system"),
    path("desk/systems/<str:key>/move/", desk.move, name="move"),
    path("desk/systems/<str:key>/confirm/", desk.confirm, name="confirm"),
    path("desk/systems/<str:key>/responsible/", desk.responsible, name="responsible"),
    path("desk/systems/<str:key>/assess/", desk.assess, name="assess"),
    path("desk/systems/<str:key>/technical/", desk.technical, name="technical"),
    path("desk/systems/<str:key>/show/", desk.show, name="show"),
    path("desk/systems/<str:key>/hide/", desk.hide, name="hide"),
    path("desk/system-uses/<int:key>/confirm/", desk.confirm_function, name="confirm_function"),
    *urls_harmonising.patterns,
]
