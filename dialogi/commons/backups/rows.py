"""Rows of any table as lines of JSON, the same from SQLite and from PostgreSQL, and back into either.

Values are taken as they lie there: what is encrypted stays encrypted. The order is that of the key, in bytes, so that the hash of a table's
lines is the hash of what the table holds.
"""

import base64
import hashlib
import json
import uuid
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from itertools import islice
from typing import Any

from django.apps import apps
from django.db import connection, models, transaction

BATCH = 500
TEXTS = frozenset({"CharField", "EmailField", "FilePathField", "FileField", "GenericIPAddressField", "SlugField", "TextField", "URLField"})
PLAIN = frozenset(
    {"AutoField", "BigAutoField", "BigIntegerField", "BooleanField", "FloatField", "IntegerField", "PositiveBigIntegerField", "PositiveIntegerField"}
    | {"PositiveSmallIntegerField", "SmallAutoField", "SmallIntegerField"}
)
NUMBERED = frozenset({"AutoField", "BigAutoField", "SmallAutoField"})


@dataclass(frozen=True, slots=True)
class Table:
    """A table of ours or of a library's, with the columns that are written."""

    name: str
    fields: tuple[models.Field[Any, Any], ...]
    key: models.Field[Any, Any]

    @property
    def columns(self) -> list[str]:
        """The columns in the order of a line."""
        return [str(field.column) for field in self.fields]

    @property
    def order(self) -> str:
        """The key as SQL that both databases order by bytes."""
        quoted = connection.ops.quote_name(str(self.key.column))
        return f'{quoted} COLLATE "C"' if connection.vendor == "postgresql" and kind_of(self.key) in TEXTS else quoted


def tables() -> list[Table]:
    """Return every table that a model keeps, by name."""
    found = {}
    for model in apps.get_models(include_auto_created=True):
        options = model._meta
        if options.managed and not options.proxy:
            fields = tuple(field for field in options.local_concrete_fields if not getattr(field, "generated", False))
            found[options.db_table] = Table(options.db_table, fields, options.pk)
    return [found[name] for name in sorted(found)]


def kind_of(field: models.Field[Any, Any]) -> str:
    """Return what a column holds; a foreign key holds what it points to."""
    return _plainly(field).get_internal_type()


def lines(table: Table) -> Iterator[bytes]:
    """Yield the table's rows as lines of JSON, in the order of the key."""
    quote = connection.ops.quote_name
    readers = [_reader(field) for field in table.fields]
    with connection.chunked_cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(map(quote, table.columns))} FROM {quote(table.name)} ORDER BY {table.order}")
        while rows := cursor.fetchmany(BATCH):
            for row in rows:
                values = [read(value) for read, value in zip(readers, row, strict=True)]
                yield json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode() + b"\n"


def fill(table: Table, found: Iterable[bytes]) -> int:
    """Put lines into the table, which then holds these and no others; return how many. Belongs in a transaction."""
    quote = connection.ops.quote_name
    writers = [_writer(field) for field in table.fields]
    rows = ([write(value) for write, value in zip(writers, json.loads(line), strict=True)] for line in found)
    count = 0
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {quote(table.name)}")
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {quote(table.name)} ({', '.join(map(quote, table.columns))}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
                    count += 1
            return count
        insert = f"INSERT INTO {quote(table.name)} ({', '.join(map(quote, table.columns))}) VALUES ({', '.join(['%s'] * len(writers))})"
        while some := list(islice(rows, BATCH)):
            cursor.executemany(insert, some)
            count += len(some)
    return count


def counted(table: Table) -> tuple[int, str]:
    """Return how many rows the table holds, and the hash of their lines."""
    count, digest = 0, hashlib.sha256()
    for line in lines(table):
        digest.update(line)
        count += 1
    return count, digest.hexdigest()


def last_number(table: Table) -> int | None:
    """Return the highest number the table has given out, also to rows that are gone; None when it gives none."""
    if kind_of(table.key) not in NUMBERED or isinstance(table.key, models.ForeignKey):
        return None
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table.name])
        else:
            cursor.execute(
                "SELECT coalesce(last_value, 0) FROM pg_sequences WHERE format('%%I.%%I', schemaname, sequencename) = pg_get_serial_sequence(%s, %s)",
                [table.name, table.key.column],
            )
        return (cursor.fetchone() or [0])[0]


def count_on_from(table: Table, number: int) -> None:
    """Let the table give out numbers above this one, so that none is given twice."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT setval(pg_get_serial_sequence(%s, %s), %s, %s)", [table.name, table.key.column, max(number, 1), number > 0])
            return
        cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table.name])
        cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table.name, number])


@contextmanager
def one_moment() -> Iterator[None]:
    """See the database as it is now, whatever others write meanwhile; they need not wait."""
    if connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
        return
    # Django would begin as a writer and keep the others waiting.
    with connection.cursor() as cursor:
        cursor.execute("BEGIN DEFERRED")
        try:
            cursor.execute("SELECT count(*) FROM sqlite_master")
            yield
        finally:
            cursor.execute("ROLLBACK")


def _reader(field: models.Field[Any, Any]) -> Callable[[Any], Any]:
    """From what the database gives to what JSON holds."""
    expression, kind = _plainly(field).get_col("any"), kind_of(field)
    converters = connection.ops.get_db_converters(expression)

    def read(value: Any) -> Any:
        for convert in converters:
            value = convert(value, expression, connection)
        if value is None:
            return None
        match kind:
            case "JSONField":
                return json.loads(value) if isinstance(value, str) else value
            case "BinaryField":
                return base64.b64encode(bytes(value)).decode()
            case "DateTimeField":
                return value.astimezone(UTC).isoformat()
            case "DateField" | "TimeField":
                return value.isoformat()
            case "UUIDField":
                return value.hex
            case "DecimalField":
                return str(value)
        if kind in TEXTS:
            return str(value)
        return value

    return read


def _writer(field: models.Field[Any, Any]) -> Callable[[Any], Any]:
    """From what JSON holds to what the database takes."""
    kind, ops = kind_of(field), connection.ops
    plain = _plainly(field)
    writers: dict[str, Callable[[Any], Any]] = {
        "JSONField": lambda value: ops.adapt_json_value(value, None),
        "BinaryField": lambda value: base64.b64decode(value, validate=True),
        "DateTimeField": lambda value: ops.adapt_datetimefield_value(datetime.fromisoformat(value)),
        "DateField": lambda value: ops.adapt_datefield_value(date.fromisoformat(value)),
        "TimeField": lambda value: ops.adapt_timefield_value(time.fromisoformat(value)),
        "UUIDField": lambda value: uuid.UUID(value) if connection.features.has_native_uuid_field else uuid.UUID(value).hex,
        "DecimalField": lambda value: ops.adapt_decimalfield_value(Decimal(value), plain.max_digits, plain.decimal_places),  # type: ignore[attr-defined]
    }
    if kind not in writers and kind not in TEXTS | PLAIN:
        raise TypeError(f"no way is known to carry a {kind}: {field}")
    write = writers.get(kind, lambda value: value)
    return lambda value: None if value is None else write(value)


def _plainly(field: models.Field[Any, Any]) -> models.Field[Any, Any]:
    """The field itself, or what a foreign key points to."""
    while isinstance(field, models.ForeignKey):
        field = field.target_field
    return field
