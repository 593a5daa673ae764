"""The name of the request in hand: the same in all lines of the log that it causes."""

from contextvars import ContextVar

name_of_request: ContextVar[str] = ContextVar("name_of_request", default="")
