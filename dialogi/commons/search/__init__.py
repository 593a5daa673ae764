"""Search: what Subjects are found by, asking for it, and finding texts that are alike."""

from dialogi.commons.search.indexing import Prepared, SearchText, get_ready, index, prepare, remove, store, store_many
from dialogi.commons.search.searching import Hit, SearchPage, matching, search, suggest
from dialogi.commons.search.similarity import Similar, likenesses, refresh_weights, similar

__all__ = [
    "Hit",
    "Prepared",
    "SearchPage",
    "SearchText",
    "Similar",
    "get_ready",
    "index",
    "likenesses",
    "matching",
    "prepare",
    "refresh_weights",
    "remove",
    "search",
    "similar",
    "store",
    "store_many",
    "suggest",
]
