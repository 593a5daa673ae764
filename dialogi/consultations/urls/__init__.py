"""Addresses of the room, by what is done there."""

from dialogi.consultations.urls.reading import urlpatterns as reading

app_name = "consultations"
urlpatterns = [*reading]
