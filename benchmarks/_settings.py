"""The house as it runs, with a bare view beside it and a counter of queries that answers when asked."""

from dialogi.settings import *  # noqa: F403

ROOT_URLCONF = "benchmarks._urls"
MIDDLEWARE = ["benchmarks._bare.CountQueries", *MIDDLEWARE]  # noqa: F405
# The load comes from one address and is quicker than people.
FORM_LEAST_SECONDS = 0
