"""Addresses of the room, by what is done there."""

from dialogi.consultations.urls.desk import urlpatterns as desk
from dialogi.consultations.urls.reading import urlpatterns as reading

app_name = "consultations"
urlpatterns = [*reading, *desk]
