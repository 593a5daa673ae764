"""The house as it runs; what the server of the benchmarks adds lies outside of it, in `_server.py`."""

from dialogi.settings import *  # noqa: F403

# The load comes from one address and is quicker than people.
FORM_LEAST_SECONDS = 0
