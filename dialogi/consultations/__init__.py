"""Consultations: the municipality asks, everybody can answer, every point gets its answer.

fi: kuulemiset, kyselyt, lausuntopyynnöt · sv: höranden, enkäter, remisser
A comment on a draft is a voice about that consultation; what this room adds is where in the draft it stands and what became of it.
Not here: what people say of their own accord (voices), initiatives of residents, votes that decide (ballots).
"""
