"""Which systems might do the same work: the method alone, without a database. `docs/harmonisation.md` tells it in words.

Signals are kept apart and never added up. A pair of systems is a candidate when it shows one of the combinations in `signals.MAKES_CANDIDATE`;
words in common are shown as a suggestion and never counted.
"""
