"""The mathematics of the opinion map: from votes on statements to groups that think alike, or to the words that there are none.

Knows no models and no words of the page. The method, its sources and its limits: docs/opinion-map.md.

    votes_of(...) or read_votes(path)  ->  find_opinions(votes)  ->  Found(finding, standings)

Pages need `findings` alone, which is plain data. Everything else brings in numpy and scipy: import it where maps are computed, never from a view.
"""
