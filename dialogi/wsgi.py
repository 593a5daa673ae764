"""The door for the web server."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dialogi.settings")
inside = get_wsgi_application()

from dialogi.commons.doorstep import Doorstep  # noqa: E402 models can be imported now

application = Doorstep(inside)
