"""Structured logs without personal data: one JSON object a line, so that nobody's input can forge a line."""

import ipaddress
import json
import logging
import re
from datetime import UTC, datetime

from dialogi.commons.watching.naming import name_of_request

# Follow-up codes, tokens and names of files stand in addresses, and whoever holds one gets in. All are longer than a word.
_SECRET_PART = re.compile(r"(?<=/)[\w:~=-]{16,}")
# Whoever types an e-mail address into the address of a page, or a library that tells where somebody comes from.
_MAIL_ADDRESS = re.compile(r"[^\s/,;<>\"'()]+(?:@|%40)[^\s/,;<>\"'()]+")
_NETWORK_ADDRESS = re.compile(r"(?<![\w.:])(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9a-fA-F]*(?::[0-9a-fA-F]*){2,7})(?![\w.:])")


def without_personal_data(words: str) -> str:
    """Leave out keys, query strings, mail and network addresses."""
    words = _MAIL_ADDRESS.sub("...", _SECRET_PART.sub("...", words.split("?")[0]))
    return _NETWORK_ADDRESS.sub(lambda found: "..." if _is_network_address(found[0]) else found[0], words)[:500]


def _is_network_address(words: str) -> bool:
    try:
        ipaddress.ip_address(words)
    except ValueError:
        return False
    return True


class JsonFormatter(logging.Formatter):
    """Writes time, level, logger, message and, for errors, the exception's type and place; never its values,
    the query string or a key in an address. A line of a request carries the request's name."""

    def format(self, record: logging.LogRecord) -> str:
        """Return one line of JSON."""
        line: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            # What Django finds suspicious it repeats word by word; its kind is enough.
            "message": record.name.rsplit(".", 1)[1] if record.name.startswith("django.security.") else without_personal_data(record.getMessage()),
            **getattr(record, "facts", {}),
        }
        if request := name_of_request.get():
            line["request"] = request
        if record.exc_info and record.exc_info[0] is not None:
            line["error"] = record.exc_info[0].__name__
            trace = record.exc_info[2]
            while trace is not None and trace.tb_next is not None:
                trace = trace.tb_next
            if trace is not None:
                line["at"] = f"{trace.tb_frame.f_code.co_name}:{trace.tb_lineno}"
        return json.dumps(line)
