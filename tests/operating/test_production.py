"""What a server gets: a package that is whole, units of systemd that name what is there, settings that Django finds nothing to say against."""

from __future__ import annotations

import configparser
import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
from django.core.management import get_commands

from tests.operating.installation import ROOT, Place
from tools import compile_messages

UNITS = sorted((ROOT / "deploy" / "systemd").glob("*.service"))
TIMERS = sorted((ROOT / "deploy" / "systemd").glob("*.timer"))
BIN = "/opt/dialogi/bin"
# What an attacker in the program may still reach.
HARDENED = {
    "NoNewPrivileges": "yes",
    "ProtectSystem": "strict",
    "ProtectHome": "yes",
    "PrivateTmp": "yes",
    "CapabilityBoundingSet": "",
    "UMask": "0077",
    "User": "dialogi",
}
LOOK = """
import dialogi
from django.template.loader import get_template
from django.contrib.staticfiles import finders
from django.utils.translation import gettext, override
with override("sv"):
    print(dialogi.__file__, bool(get_template("commons/base_desk.html")), bool(finders.find("css/house.css")), gettext("All is well."))
"""


class Unit(configparser.RawConfigParser):
    """A unit's file; options keep their capitals."""

    def __init__(self, path: Path) -> None:
        super().__init__(strict=False, delimiters=("=",), comment_prefixes=("#",))
        self.optionxform = str  # type: ignore[assignment, method-assign]
        self.read(path)


def called(path: Path) -> str:
    return path.name


def test_production_settings_are_clean(tmp_path: Path) -> None:
    given = {"DIALOGI_ADDRESS": "https://dialogi.example.fi", "DIALOGI_HOSTS": "dialogi.example.fi", "DIALOGI_PROXIES": "1"}
    house = Place(tmp_path, **given)
    house.manage("check", "--deploy", "--fail-level", "WARNING")
    without_a_proxy = Place(tmp_path, **given | {"DIALOGI_PROXIES": "0"})
    assert "security.W008" in without_a_proxy.refusal("check", "--deploy", "--fail-level", "WARNING"), "the check would find something"


@pytest.mark.parametrize("given", [{"DIALOGI_LOG_LEVEL": "LOUD"}, {"DIALOGI_METRICS_NETWORKS": "everybody"}, {"DIALOGI_OPERATOR_LANGUAGE": "de"}])
def test_a_setting_that_makes_no_sense_stops_the_start(given: dict[str, str], tmp_path: Path) -> None:
    done = Place(tmp_path, **given).run("check")
    assert done.returncode != 0
    assert next(iter(given)) in done.stderr


@pytest.mark.parametrize("path", UNITS, ids=called)
def test_a_unit_runs_what_is_there_and_may_do_little_else(path: Path) -> None:
    service = Unit(path)["Service"]
    assert {name: service.get(name) for name in HARDENED} == HARDENED
    commands = re.findall(rf"^Exec\w+={BIN}/(\w+) (\S+)", path.read_text(), re.MULTILINE)
    assert commands
    for program, command in commands:
        assert (program == "dialogi" and command in get_commands()) or program == "granian"


def test_the_web_unit_bounds_what_the_server_takes() -> None:
    command = Unit(ROOT / "deploy" / "systemd" / "dialogi-web.service")["Service"]["ExecStart"]
    for option in ("--interface wsgi", "--blocking-threads", "--backpressure", "--workers-kill-timeout", "--host 127.0.0.1"):
        assert option in command


@pytest.mark.parametrize("path", TIMERS, ids=called)
def test_a_timer_starts_a_unit_that_is_there_and_catches_up(path: Path) -> None:
    assert path.with_suffix(".service") in UNITS
    timer = Unit(path)["Timer"]
    assert timer["Persistent"] == "true"
    assert timer["OnCalendar"]


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="there is no systemd on this machine to ask")
def test_systemd_understands_every_unit(tmp_path: Path) -> None:
    for path in [*UNITS, *TIMERS]:
        # What is installed on a server is not on this machine.
        (tmp_path / path.name).write_text(re.sub(rf"={BIN}/\S+", "=/bin/true", path.read_text()))
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *map(str, sorted(tmp_path.iterdir()))], capture_output=True, text=True, check=False, timeout=60
    )
    ours = [line for line in done.stderr.splitlines() if "dialogi" in line]
    assert not ours, done.stderr


def test_the_example_of_an_environment_names_settings_that_are_read() -> None:
    read = (ROOT / "dialogi" / "settings.py").read_text()
    named = re.findall(r"^#? ?(DIALOGI_\w+)=", (ROOT / "deploy" / "systemd" / "environment.example").read_text(), re.MULTILINE)
    assert len(named) > 5
    assert not [name for name in named if f'"{name}"' not in read]


def test_the_proxy_says_who_asks_and_lets_nobody_else_say_it() -> None:
    passed = (ROOT / "deploy" / "nginx" / "dialogi-proxy.conf").read_text()
    for line in ("X-Forwarded-For $remote_addr;", "X-Forwarded-Proto $scheme;", "X-Request-ID $request_id;", "Host $host;"):
        assert f"proxy_set_header {line}" in passed
    site = (ROOT / "deploy" / "nginx" / "dialogi.conf").read_text()
    assert site.count("proxy_pass") == site.count("dialogi-proxy.conf")
    assert "access_log off" in site


def test_the_package_asks_for_what_the_list_asks_for() -> None:
    wanted = [line.strip() for line in (ROOT / "requirements" / "main.in").read_text().splitlines() if line.strip() and not line.startswith("#")]
    assert tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["dependencies"] == wanted


def test_a_package_holds_everything_and_works_from_anywhere(tmp_path: Path) -> None:
    compile_messages.main()
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True, timeout=120)
    site = tmp_path / "site"
    with zipfile.ZipFile(next(tmp_path.glob("dialogi-*.whl"))) as wheel:
        wheel.extractall(site)
    tracked = subprocess.run(["git", "ls-files", "dialogi"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
    wanted = {name for name in tracked if "/tests/" not in name and name != "dialogi/testing.py"}
    assert not {name for name in wanted if (ROOT / name).exists() and not (site / name).exists()}
    assert not list(site.rglob("tests"))
    home = tmp_path / "home"
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("DIALOGI_", "DJANGO_"))} | {"PYTHONPATH": str(site)}
    command = [sys.executable, "-m", "dialogi"]
    refused = subprocess.run([*command, "check"], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False, timeout=120)
    assert "DIALOGI_HOME must name the folder" in refused.stderr
    there = environment | {"DIALOGI_HOME": str(home)}
    told = subprocess.run([*command, "shell", "--no-imports", "-c", LOOK], cwd=tmp_path, env=there, capture_output=True, text=True, check=True, timeout=120)
    assert told.stdout.split(" ", 3) == [str(site / "dialogi" / "__init__.py"), "True", "True", "Allt är som det ska.\n"]
