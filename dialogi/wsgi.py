"""The door for the web server."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dialogi.settings")
inside = get_wsgi_application()

from django.conf import settings  # noqa: E402 models can be imported now

from dialogi.commons.doorstep import Doorstep  # noqa: E402
from dialogi.commons.watching.metrics import forget_dead_processes  # noqa: E402
from dialogi.commons.watching.requests import Counted  # noqa: E402

forget_dead_processes()
application = Counted(Doorstep(inside)) if settings.METRICS_FOLDER else Doorstep(inside)
