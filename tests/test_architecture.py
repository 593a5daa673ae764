"""The rules of the house hold, and each rule catches a fault planted for it."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import models
from django.test.utils import isolate_apps

from tests.architecture import budgets, floor_plan, safety, tree, verbs
from tests.architecture.house import House

ROOT = Path(__file__).resolve().parent.parent
Rule = Callable[[House], Iterator[str]]
RULES: list[Rule] = [
    floor_plan.imports_follow_the_floor_plan,
    floor_plan.names_say_what_is_inside,
    floor_plan.imports_stand_at_the_top,
    floor_plan.nothing_happens_behind_the_back,
    floor_plan.rooms_keep_their_templates,
    budgets.files_stay_small,
    budgets.functions_stay_small,
    safety.sql_is_not_put_together,
    safety.secrets_come_from_secrets,
    safety.html_is_trusted_by_name,
    safety.templates_bear_a_strict_policy,
    verbs.views_name_their_permission,
    verbs.verbs_ask_and_tell,
    verbs.exemptions_are_still_needed,
    verbs.public_functions_explain_themselves,
    verbs.forms_never_save,
    tree.migrations_stand_in_line,
]


@pytest.fixture(scope="module")
def house() -> House:
    return House(ROOT)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_house_keeps_its_rules(rule: Rule, house: House) -> None:
    faults = list(rule(house))
    assert not faults, "\n".join(faults)


def test_the_floor_plan_has_no_circles() -> None:
    assert not list(floor_plan.the_plan_has_no_circles())
    assert list(floor_plan.the_plan_has_no_circles({"a": {"b"}, "b": {"a"}}))


# Each fault is one file of a small house; the rule must name it.
PLANTED: list[tuple[Rule, str, str, str]] = [
    (floor_plan.imports_follow_the_floor_plan, "people/rules.py", "from dialogi.voices.models import Voice", "may not know voices"),
    (floor_plan.imports_follow_the_floor_plan, "people/rules.py", "from dialogi import voices", "may not know voices"),
    (floor_plan.imports_follow_the_floor_plan, "people/rules.py", "import dialogi.voices.models", "may not know voices"),
    (floor_plan.imports_follow_the_floor_plan, "people/models.py", "owner = ForeignKey('voices.Voice')", "may not know voices"),
    (floor_plan.imports_follow_the_floor_plan, "people/rules.py", "import_string('dialogi.voices.actions.say')", "may not know voices"),
    (floor_plan.imports_follow_the_floor_plan, "commons/door.py", "from dialogi.people.models import Person", "may not know people"),
    (floor_plan.imports_follow_the_floor_plan, "voices/views.py", "from dialogi.people.forms import PersonForm", "private to people"),
    (floor_plan.imports_follow_the_floor_plan, "voices/views.py", "from dialogi.people import views", "private to people"),
    (floor_plan.imports_follow_the_floor_plan, "voices/views.py", "from . import models", "from dialogi onward"),
    (floor_plan.imports_follow_the_floor_plan, "voices/actions.py", "from dialogi.testing import town", "serves tests alone"),
    (floor_plan.imports_follow_the_floor_plan, "voices/actions.py", "from dialogi.settings import HOME", "wiring"),
    (floor_plan.imports_follow_the_floor_plan, "attic/models.py", "", "no room 'attic'"),
    (floor_plan.names_say_what_is_inside, "voices/utils.py", "", "says nothing"),
    (floor_plan.names_say_what_is_inside, "voices/helpers/dates.py", "", "says nothing"),
    (floor_plan.imports_stand_at_the_top, "voices/rules.py", "def rule():\n    from x import y", "at the top"),
    (floor_plan.nothing_happens_behind_the_back, "voices/models.py", "from django.db.models.signals import post_save", "signal"),
    (floor_plan.nothing_happens_behind_the_back, "voices/models.py", "from django.contrib.contenttypes.fields import GenericForeignKey", "generic"),
    (floor_plan.rooms_keep_their_templates, "voices/templates/voices/page.html", "{% include 'people/_card.html' %}", "private"),
    (budgets.files_stay_small, "voices/models.py", "x = 1\n" * 400, "401 lines"),
    (budgets.files_stay_small, "voices/templates/voices/page.html", "<p>\n" * 120, "121 lines"),
    (budgets.functions_stay_small, "voices/rules.py", "def long():\n" + "    x = 1\n" * 45, "46 lines"),
    (budgets.functions_stay_small, "voices/views.py", "def page(request):\n" + "    x = 1\n" * 25, "26 lines"),
    (safety.sql_is_not_put_together, "voices/queries.py", "Voice.objects.raw(f'SELECT {x}')", "SQL"),
    (safety.sql_is_not_put_together, "voices/queries.py", "Voice.objects.extra(where=['a = %s' % x])", "SQL"),
    (safety.sql_is_not_put_together, "voices/queries.py", "RawSQL('a = ' + x, [])", "SQL"),
    (safety.sql_is_not_put_together, "voices/queries.py", "cursor.execute('a = {}'.format(x))", "SQL"),
    (safety.secrets_come_from_secrets, "voices/actions.py", "import random", "secrets"),
    (safety.secrets_come_from_secrets, "voices/actions.py", "from random import choice", "secrets"),
    (safety.html_is_trusted_by_name, "voices/views.py", "mark_safe(x)", "mark_safe"),
    (safety.html_is_trusted_by_name, "voices/views.py", "SafeString(x)", "SafeString"),
    (safety.html_is_trusted_by_name, "voices/views.py", "@mark_safe\ndef x(): ...", "mark_safe"),
    (safety.html_is_trusted_by_name, "voices/views.py", "format_html(f'<b>{x}</b>')", "escapes nothing"),
    (safety.html_is_trusted_by_name, "voices/templates/voices/page.html", "{{ x|safe }}", "escaping"),
    (safety.html_is_trusted_by_name, "voices/templates/voices/page.html", "{% autoescape off %}", "escaping"),
    (safety.templates_bear_a_strict_policy, "voices/templates/voices/page.html", "<script>let x</script>", "inline script"),
    (safety.templates_bear_a_strict_policy, "voices/templates/voices/page.html", "<style>p{}</style>", "style block"),
    (safety.templates_bear_a_strict_policy, "voices/templates/voices/page.html", '<p style="color:red">', "style attribute"),
    (safety.templates_bear_a_strict_policy, "voices/templates/voices/page.html", '<p onclick="x()">', "onclick"),
    (safety.templates_bear_a_strict_policy, "voices/templates/voices/page.html", '<a href="javascript:x()">', "javascript:"),
    (safety.templates_bear_a_strict_policy, "voices/templates/voices/page.html", '<img src="https://example.org/x.png">', "another host"),
    (verbs.views_name_their_permission, "voices/views.py", "def page(request): ...", "names no permission"),
    (verbs.views_name_their_permission, "voices/views/pages.py", "@cached\ndef page(request): ...", "names no permission"),
    (verbs.views_name_their_permission, "voices/views.py", "class Page(ListView): ...", "is a class"),
    (verbs.verbs_ask_and_tell, "voices/actions.py", "def say(voice):\n    record(x)", "asks nobody"),
    (verbs.verbs_ask_and_tell, "voices/actions.py", "def say(voice):\n    FLOW.require(x)\n    record(x)", "asks nobody"),
    (verbs.verbs_ask_and_tell, "voices/actions/saying.py", "def say(voice):\n    require(x)", "tells nobody"),
    (verbs.public_functions_explain_themselves, "voices/queries.py", "def voices(x): ...", "docstring"),
    (verbs.public_functions_explain_themselves, "voices/actions.py", "def say(voice, text, loud):\n    'Say.'", "by position"),
    (verbs.forms_never_save, "voices/forms.py", "def clean(self):\n    self.instance.save()", "writes"),
    (verbs.forms_never_save, "voices/views.py", "Voice.objects.create()", "writes"),
    (tree.migrations_stand_in_line, "voices/migrations/0001_initial.py", "dependencies = []", "what it does"),
    (tree.migrations_stand_in_line, "voices/migrations/0001_auto_20260101_1200.py", "dependencies = []", "what it does"),
    (tree.migrations_stand_in_line, "voices/migrations/0003_words.py", "dependencies = []", "number 0001"),
    (tree.migrations_stand_in_line, "voices/migrations/0001_words.py", "dependencies = [('voices', '0009_other')]", "must follow nothing"),
]


def planted(root: Path, path: str, source: str) -> House:
    """A house of one file."""
    file = root / "dialogi" / path
    file.parent.mkdir(parents=True)
    file.write_text(source + "\n" if source else "")
    return House(root)


@pytest.mark.parametrize(("rule", "path", "source", "named"), PLANTED, ids=lambda value: getattr(value, "__name__", None))
def test_a_rule_names_the_fault_planted_for_it(rule: Rule, path: str, source: str, named: str, tmp_path: Path) -> None:
    faults = list(rule(planted(tmp_path, path, source)))
    assert any(path in fault and named in fault for fault in faults), faults


ALLOWED: list[tuple[Rule, str, str]] = [
    (floor_plan.imports_follow_the_floor_plan, "voices/actions.py", "from dialogi.people.models import Person\nfrom dialogi.commons.door import record"),
    (floor_plan.imports_follow_the_floor_plan, "voices/tests/test_actions.py", "from dialogi.people.tests.factories import a_person\nimport dialogi.testing"),
    (floor_plan.imports_follow_the_floor_plan, "voices/rules.py", "REPLY = Permission('voices.reply', rule)"),
    (floor_plan.imports_stand_at_the_top, "voices/apps.py", "class C:\n    def ready(self):\n        from dialogi.voices import registrations"),
    (safety.sql_is_not_put_together, "voices/queries.py", "cursor.execute('SELECT %s', [x])"),
    (safety.html_is_trusted_by_name, "voices/views.py", "def x() -> SafeString: ..."),
    (safety.templates_bear_a_strict_policy, "voices/templates/voices/page.html", "<script type='module' src=\"{% static 'x.js' %}\"></script>"),
    (safety.templates_bear_a_strict_policy, "voices/templates/voices/page.html", '<a href="https://example.org" data-style="x">{{ on="" }}</a>'),
    (verbs.views_name_their_permission, "voices/views.py", "@needs(SAY)\ndef page(request): ...\ndef _part(request): ..."),
    (verbs.views_name_their_permission, "voices/views.py", "def safe_next(request) -> str: ..."),
    (verbs.verbs_ask_and_tell, "voices/actions.py", "def say(voice):\n    _do(voice)\ndef _do(voice):\n    require(x)\n    record(x)"),
    (verbs.verbs_ask_and_tell, "voices/actions.py", "from dialogi.people.actions import move\ndef say(voice):\n    move(x)"),
]


@pytest.mark.parametrize(("rule", "path", "source"), ALLOWED, ids=lambda value: getattr(value, "__name__", None))
def test_a_rule_lets_pass_what_is_right(rule: Rule, path: str, source: str, tmp_path: Path) -> None:
    assert not list(rule(planted(tmp_path, path, source)))


def test_an_exemption_for_a_verb_that_is_gone_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(verbs.WITHOUT_RECORD, "voices.gone", "once")
    assert any("voices.gone" in fault for fault in verbs.exemptions_are_still_needed(planted(tmp_path, "voices/actions.py", "")))


def test_no_file_tells_of_the_machine_it_was_written_on() -> None:
    faults = list(tree.nothing_tells_of_the_machine(ROOT, tree.tracked(ROOT)))
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("docs/a.md", "see https://" + ".".join(("pypi", "org")) + "/project/x"),
        ("package-lock.json", '{"reso' + 'lved": "x"}'),
        ("requirements/main.txt", "--extra-index-" + "url x"),
        ("requirements/main.txt", "x @ https:" + "//example.org/x.whl"),
        ("docs/a.md", "cd /wo" + "rk/main"),
        ("tools/a.sh", 'cat "/ro' + 'ot/.cache"'),
    ],
)
def test_a_trace_of_the_machine_is_named(name: str, text: str, tmp_path: Path) -> None:
    file = tmp_path / name
    file.parent.mkdir(exist_ok=True)
    file.write_text(text)
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    subprocess.run(["git", "-C", str(tmp_path), "add", "."], check=True)
    assert list(tree.nothing_tells_of_the_machine(tmp_path, tree.tracked(tmp_path)))


def _with_parents(found: list[type[models.Model]]) -> list[str]:
    return [model.__name__ for model in found if model._meta.parents and not model._meta.proxy]


def test_no_model_inherits_the_table_of_another() -> None:
    ours = [model for model in apps.get_models() if model.__module__.startswith("dialogi.")]
    assert not _with_parents(ours)


@isolate_apps("dialogi.commons")
def test_a_model_that_inherits_a_table_is_named() -> None:
    class Above(models.Model):
        class Meta:
            app_label = "commons"

    class Below(Above):
        class Meta:
            app_label = "commons"

    assert _with_parents([Above, Below]) == ["Below"]


@pytest.mark.django_db
def test_every_change_of_a_model_has_its_migration() -> None:
    ours = [config.label for config in apps.get_app_configs() if config.name.startswith("dialogi.")]
    call_command("makemigrations", *ours, check=True, dry_run=True, verbosity=0)
