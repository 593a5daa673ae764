"""Figures: what something costs, about anything that has a Subject, each number with its source.

fi: luvut, kustannukset · sv: siffror, kostnader
Not here: why the money is spent (systems, programme), or what people think of it (voices).
"""
