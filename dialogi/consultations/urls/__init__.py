"""Addresses of the room, by what is done there."""

from dialogi.consultations.urls.desk import urlpatterns as desk
from dialogi.consultations.urls.reading import urlpatterns as reading
from dialogi.consultations.urls.taking_part import urlpatterns as taking_part

app_name = "consultations"
urlpatterns = [*taking_part, *reading, *desk]
