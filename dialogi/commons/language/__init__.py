"""Words of Finnish, Swedish and English: terms to search by, which language a text is in, and how names are sorted."""

from dialogi.commons.language.analysis import Analysis, analyse, query_terms, terms
from dialogi.commons.language.detection import Guess, detect_language
from dialogi.commons.language.function_words import function_words
from dialogi.commons.language.sorting import sort_key
from dialogi.commons.language.words import Word, indexable, normal, words

__all__ = ["Analysis", "Guess", "Word", "analyse", "detect_language", "function_words", "indexable", "normal", "query_terms", "sort_key", "terms", "words"]
