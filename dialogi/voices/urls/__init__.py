"""Addresses of the room, in four groups: speaking, reading, the desk, moderation."""

from dialogi.voices.urls.desk import urlpatterns as desk
from dialogi.voices.urls.moderating import urlpatterns as moderating
from dialogi.voices.urls.reading import urlpatterns as reading
from dialogi.voices.urls.speaking import urlpatterns as speaking

app_name = "voices"
urlpatterns = [*speaking, *reading, *desk, *moderating]
