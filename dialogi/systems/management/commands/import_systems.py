"""Bring systems in from a file: `import_systems FILE --mapping MAPPING.toml [--dry-run] [--json]`; the same importer as the pages."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from dialogi.commons.actors import machine
from dialogi.systems import actions
from dialogi.systems.importing.mapping import read_mapping
from dialogi.systems.importing.planning import Plan, plan_import
from dialogi.systems.importing.tables import read_table
from dialogi.systems.importing.world import look_around
from dialogi.systems.models import ImportSource

SHOWN = 20


class Command(BaseCommand):
    """Reads, plans, says what would happen, and writes all of it or nothing."""

    help = "Bring systems in from an XLSX, ODS or CSV file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The file and how it is understood."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--mapping", type=Path, required=True, help="how the columns are understood, in TOML")
        parser.add_argument("--dry-run", action="store_true", help="say what would happen and write nothing")
        parser.add_argument("--json", action="store_true", help="report in JSON: rows, systems, uses, questions, errors")

    def handle(self, *args: Any, **options: Any) -> None:
        """Plan and, unless only a trial is wanted, import."""
        try:
            mapping = read_mapping(options["mapping"].read_text())
            table = read_table(options["file"].read_bytes(), sheet=mapping.sheet)
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(str(error)) from error
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        source = ImportSource.objects.filter(slug=mapping.source).first()
        plan = plan_import(table, mapping, look_around(mapping.source), decided=source.decisions if source else {})
        told = _told(plan)
        if plan.may_run and not options["dry_run"]:
            told |= actions.import_systems(plan, mapping=mapping, by=machine("setup"))
        if options["json"]:
            details = {"error_words": plan.errors, "question_words": [question.words for question in plan.questions]}
            self.stdout.write(json.dumps(told | details, ensure_ascii=False, indent=1))
        else:
            self._say(plan, told)
        if plan.errors:
            raise CommandError(f"{len(plan.errors)} errors; nothing was written.")

    def _say(self, plan: Plan, told: dict[str, Any]) -> None:
        for words in [*plan.errors[:SHOWN], *(question.words for question in plan.questions[:SHOWN])]:
            self.stdout.write(words)
        self.stdout.write(", ".join(f"{name}: {number}" for name, number in told.items()))


def _told(plan: Plan) -> dict[str, Any]:
    open_questions = sum(not question.chosen for question in plan.questions)
    return {"rows": plan.rows_read, "systems": len(plan.systems), "uses": plan.uses, "questions": open_questions, "errors": len(plan.errors)}
