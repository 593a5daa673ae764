"""Structured logs without personal data: one JSON object a line, so that nobody's input can forge a line."""

import json
import logging
import re
from datetime import UTC, datetime

# Follow-up codes, tokens and names of files stand in addresses, and whoever holds one gets in. All are longer than a word.
_SECRET_PART = re.compile(r"(?<=/)[\w:~=-]{16,}")


class JsonFormatter(logging.Formatter):
    """Writes time, level, logger, message and, for errors, the exception's type and place; never its values, the query string or a key in an address."""

    def format(self, record: logging.LogRecord) -> str:
        """Return one line of JSON."""
        line: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": _SECRET_PART.sub("...", record.getMessage().split("?")[0])[:500],
        }
        if record.exc_info and record.exc_info[0] is not None:
            line["error"] = record.exc_info[0].__name__
            trace = record.exc_info[2]
            while trace is not None and trace.tb_next is not None:
                trace = trace.tb_next
            if trace is not None:
                line["at"] = f"{trace.tb_frame.f_code.co_name}:{trace.tb_lineno}"
        return json.dumps(line)
