"""The settings under test: those of the house, in an installation of its own that is gone afterwards."""

import atexit
import os
import shutil
import tempfile

_home = tempfile.mkdtemp(prefix="dialogi-tests-")
atexit.register(shutil.rmtree, _home, ignore_errors=True)
os.environ["DIALOGI_HOME"] = _home
os.environ["DIALOGI_TESTING"] = "1"
for _name in ("DIALOGI_ADDRESS", "DIALOGI_HOSTS", "DIALOGI_CACHE", "DIALOGI_SMTP_HOST", "DIALOGI_MAP_TILES", "DIALOGI_OIDC_SERVER", "DIALOGI_DEMO"):
    os.environ.pop(_name, None)

from dialogi.settings import *  # noqa: E402, F403
