"""What must always be true of the data; `./manage check_invariants` asks it all, each room adds its own to the registry."""

from collections.abc import Iterable, Iterator

from django.db import models
from django.db.models import Count, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from dialogi.commons import guards
from dialogi.commons.freshness import has_wordings, texts_of, wording_digest
from dialogi.commons.languages import has_both
from dialogi.commons.models import Duty, Follow, LedgerEntry, Noun, Subject
from dialogi.commons.registry import registry
from dialogi.commons.sealing import faults_of_ledger

MOST_TOLD = 50


def problems() -> Iterator[tuple[str, str]]:
    """Yield (invariant, sentence) for each problem found, at most fifty for each invariant."""
    for name, ask in registry.invariants.items():
        for told, sentence in enumerate(ask()):
            if told == MOST_TOLD:
                yield name, "and more"
                break
            yield name, sentence


def counters_are_counts() -> Iterator[str]:
    """The number of followers is the number of confirmed follows."""
    yield from wrong_counter("follower_count", Follow.objects.filter(confirmed_at__isnull=False), "subject")


def wrong_counter(counter: str, rows: models.QuerySet[models.Model], field: str) -> Iterator[str]:
    """Yield a sentence for each Subject whose counter is not the number of `rows` that point to it by `field`."""
    counted = rows.filter(**{field: OuterRef("pk")}).order_by().values(field).annotate(n=Count("pk")).values("n")
    wrong = Subject.objects.annotate(counted=Coalesce(Subquery(counted, output_field=models.IntegerField()), 0)).exclude(**{counter: F("counted")})
    for subject in wrong.order_by("pk").iterator():
        yield f"{subject.kind} {subject.code}: {counter} says {getattr(subject, counter)}, there are {subject.counted}"


def entries_have_outbox_rows() -> Iterator[str]:
    """Nothing happened that nobody was told of."""
    for pk in LedgerEntry.objects.filter(outbox__isnull=True).order_by("pk").values_list("pk", flat=True).iterator():
        yield f"entry {pk} has no outbox row"


def guards_are_installed() -> Iterable[str]:
    """The database itself refuses to change the ledger."""
    return [f"the guard {name} is missing: run ./manage install_guards" for name in guards.missing()]


def ledger_is_whole() -> Iterator[str]:
    """Every entry is as it was written."""
    return faults_of_ledger()


def versions_follow_each_other() -> Iterator[str]:
    """The entries of a Subject count its versions, without gaps, in the order of their ids."""
    subject, version = 0, 0
    rows = LedgerEntry.objects.order_by("subject_id", "id").values_list("subject_id", "id", "version")
    for subject_id, pk, number in rows.iterator(chunk_size=2000):
        expected = version + 1 if subject_id == subject else 1
        if number != expected:
            yield f"entry {pk}: version {number} of Subject {subject_id}, expected {expected}"
        subject, version = subject_id, number
    newest = LedgerEntry.objects.filter(subject=OuterRef("pk")).order_by("-id").values("version")[:1]
    for code in Subject.objects.annotate(newest=Coalesce(Subquery(newest), 0)).exclude(version=F("newest")).values_list("code", flat=True).iterator():
        yield f"Subject {code}: its version is not that of its newest entry"


def duties_are_open_once() -> Iterator[str]:
    """At most one open duty of a kind for each Subject."""
    doubled = Duty.objects.open().values("subject", "what").annotate(n=Count("pk")).filter(n__gt=1)
    for row in doubled.order_by("subject"):
        yield f"Subject {row['subject']}: {row['n']} open duties {row['what']}"


def public_nouns_have_both_languages() -> Iterator[str]:
    """What everybody may read has its name in Swedish and in Finnish, where it has one to translate."""
    for plug in registry.nouns.values():
        if not issubclass(plug.model, Noun):
            continue
        columns = {field.name for field in plug.model._meta.get_fields()}
        name = next((name for name in ("name", "title") if f"{name}_sv" in columns and "name" not in columns), None)
        if name is None:
            continue
        missing = plug.model._default_manager.filter(Q(subject__audience="public") & ~has_both(name))
        for code in missing.values_list("subject__code", flat=True).iterator():
            yield f"{plug.kind} {code}: the {name} is missing in Swedish or Finnish"


def wordings_are_those_of_the_texts() -> Iterator[str]:
    """No translated text was changed past the door, so that none is outdated in secret."""
    for plug in registry.nouns.values():
        if not issubclass(plug.model, Noun) or not has_wordings(plug):
            continue
        for noun in plug.model._default_manager.select_related("subject").order_by("pk").iterator(chunk_size=500):
            if noun.subject.wording_digest != wording_digest(plug, texts_of(noun, plug)):
                yield f"{plug.kind} {noun.subject.code}: its wordings are not those of its texts: run ./manage rebuild_wordings --all"
