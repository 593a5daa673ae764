"""A description of systems as a file or on the screen: from the register as it is now."""

import json
from pathlib import Path
from typing import Any, cast

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.template.loader import render_to_string
from django.utils.translation import override

from dialogi.commons.languages import LANGUAGES
from dialogi.systems.describing.fields import Sees
from dialogi.systems.describing.printing import TOO_LARGE, as_data, as_pdf, inside_words, standing
from dialogi.systems.models import OF_ONE_SYSTEM, DescriptionKind, System
from dialogi.systems.queries.describing import Shown, shown_live

KINDS = {
    "card": DescriptionKind.CARD,
    "5": DescriptionKind.MODEL,
    "28": DescriptionKind.PUBLICITY,
    "30": DescriptionKind.PROCESSING,
    "algorithm": DescriptionKind.ALGORITHM,
    "contracts": DescriptionKind.CONTRACTS,
}


class Command(BaseCommand):
    """./manage describe_systems --kind 28 --language sv --format pdf [--output FILE] [--system CODE] [--for staff]"""

    help = "Describe the systems from the register as it is now: the cards, the model of section 5, sections 28 and 30, the algorithm cards, the contracts."

    def add_arguments(self, parser: CommandParser) -> None:
        """Which description, for whom, in which language and shape."""
        parser.add_argument("--kind", required=True, choices=list(KINDS), help="5 and 28: Act 906/2019; 30: Regulation (EU) 2016/679")
        parser.add_argument("--language", default="sv", choices=LANGUAGES)
        parser.add_argument("--format", default="html", choices=["html", "pdf", "json"])
        parser.add_argument("--output", type=Path, metavar="FILE", help="left out: standard output")
        parser.add_argument("--system", default="", metavar="CODE", help="only one system, by its code; for cards")
        parser.add_argument("--for", dest="audience", default="public", choices=["public", "staff"], help="staff: also what is inside the house")

    def handle(self, **options: Any) -> None:
        """Build, shape, hand over."""
        kind = KINDS[options["kind"]]
        system = self._system(options["system"], kind) if options["system"] else None
        with override(options["language"]):
            shown = shown_live(kind, sees=Sees[options["audience"].upper()], system=system)
            made = self._shaped(shown, options["format"], options["language"])
        if options["output"]:
            options["output"].write_bytes(made)
        else:
            out = getattr(self.stdout, "buffer", None)
            out.write(made) if out else self.stdout.write(made.decode("utf-8", errors="replace"), ending="")

    def _system(self, code: str, kind: DescriptionKind) -> System:
        system = System.objects.filter(subject__code=code.upper()).first()
        if system is None or kind not in OF_ONE_SYSTEM:
            raise CommandError(f"no system has the code {code}" if system is None else "--system goes with --kind card and --kind algorithm")
        return cast(System, system)

    def _shaped(self, shown: Shown, shape: str, language: str) -> bytes:
        if shape == "json":
            return (json.dumps(as_data(shown), ensure_ascii=False, indent=1) + "\n").encode()
        if shape == "html":
            context = {"shown": shown, "standing": standing(None), "inside": inside_words(shown.kept_inside), "language": language}
            return render_to_string("systems/description_file.html", context).encode()
        try:
            return as_pdf(shown)
        except ValueError as error:
            raise CommandError(str(TOO_LARGE)) from error
