"""People: who lives, works and decides here - persons, units, bodies, seats and roles, posts, areas, organisations, consents.

fi: henkilöt, yksiköt, toimielimet, jäsenyydet, virat, alueet · sv: personer, enheter, organ, medlemskap, befattningar, områden
Not here: what they say (voices) or what they are promised (services).
"""
