"""The settings under test: those of the house, in an installation of its own that is gone afterwards."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

_home = tempfile.mkdtemp(prefix="dialogi-tests-")
atexit.register(shutil.rmtree, _home, ignore_errors=True)
os.makedirs(os.path.join(_home, "static"))  # whitenoise warns of a folder that is not there
os.environ["DIALOGI_HOME"] = _home
os.environ["DIALOGI_TESTING"] = "1"
# Dictionaries are the same for every installation and take seconds to build: the tests share those of this checkout.
os.environ.setdefault("DIALOGI_DICTIONARIES", str(Path(__file__).resolve().parents[1] / "var" / "dictionaries"))
for _name in ("DIALOGI_ADDRESS", "DIALOGI_HOSTS", "DIALOGI_CACHE", "DIALOGI_SMTP_HOST", "DIALOGI_MAP_TILES", "DIALOGI_OIDC_SERVER", "DIALOGI_DEMO"):
    os.environ.pop(_name, None)

from dialogi.settings import *  # noqa: E402, F403

if DATABASE == "sqlite":  # noqa: F405
    # A file, not memory: threads and processes meet the same locks as in an installation. It need not survive a power cut.
    DATABASES["default"]["TEST"] = {"NAME": f"{_home}/test.sqlite3"}  # noqa: F405
    DATABASES["default"]["OPTIONS"]["init_command"] = DATABASES["default"]["OPTIONS"]["init_command"].replace("synchronous=FULL", "synchronous=OFF")  # noqa: F405
