"""Portal: the front page, search, standing pages, feeds - no nouns of its own.

fi: etusivu, haku, syötteet · sv: startsida, sökning, flöden
"""
