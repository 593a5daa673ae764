"""Portal: the front page, search, standing pages, feeds, the translation queue - no nouns of its own.

fi: etusivu, haku, syötteet, käännösjono · sv: startsida, sökning, flöden, översättningskö
"""
