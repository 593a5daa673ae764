"""An installation behind a proxy that ends TLS takes forms from its own address and from no other."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# In a process of its own: what stands in front is read once, at start.
FORM = """
import re, sys, django
django.setup()
from django.test import Client
browser = Client(enforce_csrf_checks=True, headers={"host": "dialogi.example", "x-forwarded-proto": "https", "x-forwarded-for": "198.51.100.7"})
page = browser.get("/sv/status/")
token = re.search('csrfmiddlewaretoken" value="([^"]+)"', page.content.decode())[1]
for origin in sys.argv[1:]:
    answer = browser.post("/sv/status/", {"csrfmiddlewaretoken": token, "code": "x"}, headers={"origin": origin})
    print(origin, answer.status_code, answer.wsgi_request.is_secure())
"""
ORIGINS = ("https://dialogi.example", "https://evil.example", "http://dialogi.example")


def test_a_form_is_taken_from_our_own_address_and_from_no_other(tmp_path: Path) -> None:
    (tmp_path / "static").mkdir()
    behind = {"DIALOGI_ADDRESS": "https://dialogi.example/", "DIALOGI_HOSTS": "dialogi.example", "DIALOGI_PROXIES": "1"}
    own = {"DIALOGI_HOME": str(tmp_path), "DIALOGI_TESTING": "1", "DJANGO_SETTINGS_MODULE": "dialogi.settings", "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", FORM, *ORIGINS], env={**os.environ, **behind, **own}, capture_output=True, text=True, check=False)
    # 422: taken, and the code was wrong. 403: not from here.
    told = [line for line in done.stdout.splitlines() if line.startswith("http")]
    assert told == [f"{ORIGINS[0]} 422 True", f"{ORIGINS[1]} 403 True", f"{ORIGINS[2]} 403 True"], done.stderr[-2000:]
