"""Addresses of what residents read of systems, of descriptions and of corrections."""

from django.urls import path

from dialogi.systems.views import correcting, describing, descriptions, reading

urlpatterns = [
    path("systems/", reading.systems, name="systems"),
    path("systems/<str:key>/", reading.system_page, name="system"),
    path("systems/<str:key>/wrong/", correcting.say_wrong, name="say_wrong"),
    path("systems/<str:key>/wrong/thanks/", correcting.said_wrong, name="said_wrong"),
    path("systems/<str:key>/<str:kind>/", descriptions.system_description, name="system_description"),
    path("systems/<str:key>/<str:kind>/changes/", descriptions.system_changes, name="system_changes"),
    path("systems/<str:key>/<str:kind>/file.<str:ending>", descriptions.system_file, name="system_file"),
    path("descriptions/", descriptions.descriptions, name="descriptions"),
    path("descriptions/<str:kind>/", descriptions.house_description, name="house_description"),
    path("descriptions/<str:kind>/changes/", descriptions.house_changes, name="house_changes"),
    path("descriptions/<str:kind>/file.<str:ending>", descriptions.house_file, name="house_file"),
    path("desk/descriptions/", describing.descriptions, name="desk_descriptions"),
    path("desk/descriptions/begin/", describing.begin, name="begin_description"),
    path("desk/descriptions/<str:key>/", describing.description, name="desk_description"),
    path("desk/descriptions/<str:key>/draft/", describing.draft, name="draft_description"),
    path("desk/descriptions/<str:key>/approve/", describing.approve, name="approve_description"),
    path("desk/descriptions/<str:key>/publish/", describing.publish, name="publish_description"),
    path("desk/descriptions/<str:key>/withdraw/", describing.withdraw, name="withdraw_description"),
    path("desk/corrections/", correcting.corrections, name="desk_corrections"),
    path("desk/corrections/<int:key>/", correcting.correction, name="desk_correction"),
]
