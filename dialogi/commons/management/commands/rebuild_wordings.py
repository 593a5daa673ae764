"""Make the wordings of nouns that no door has seen yet: after an upgrade from before there were wordings."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from dialogi.commons import clock
from dialogi.commons.freshness import has_wordings, keep_wordings, texts_of, wording_digest
from dialogi.commons.models import Noun, Subject
from dialogi.commons.registry import NounPlug, registry

BATCH = 200


class Command(BaseCommand):
    """./manage rebuild_wordings [--all]"""

    help = "Note which words each translated text has, so that a change of one language can show the others as outdated. The site may be open meanwhile."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take whether to look at every noun."""
        parser.add_argument("--all", action="store_true", dest="every", help="look at every noun, also those noted before: after texts were changed by hand")

    def handle(self, *, every: bool, **options: Any) -> None:
        """Go through the nouns that have something to translate, in short transactions."""
        for kind, plug in sorted(registry.nouns.items()):
            if has_wordings(plug) and (count := _rebuilt(plug, every=every)):
                self.stdout.write(f"{kind}: {count}")


def _rebuilt(plug: NounPlug, *, every: bool) -> int:
    """Note the texts of one kind of noun; return how many nouns were not as noted."""
    subjects = Subject.objects.of_kind(plug.kind)
    wanted = list((subjects if every else subjects.filter(wording_digest="")).order_by("pk").values_list("pk", flat=True))
    count = 0
    for start in range(0, len(wanted), BATCH):
        with transaction.atomic():
            nouns = plug.model._default_manager.select_for_update(of=("self", "subject")).select_related("subject")
            count += sum(_keep(noun, plug) for noun in nouns.filter(subject__in=wanted[start : start + BATCH]).order_by("pk"))  # type: ignore[arg-type]
    return count


def _keep(noun: Noun, plug: NounPlug) -> bool:
    texts, subject = texts_of(noun, plug), noun.subject
    digest = wording_digest(plug, texts)
    if subject.wording_digest == digest:
        return False
    keep_wordings(subject, texts, at=clock.now(), is_new=not subject.wording_digest)
    Subject.objects.filter(pk=subject.pk).update(wording_digest=digest)
    return True
