"""People: who lives, works and decides here - persons, units, bodies, seats and roles, areas, organisations, consents.

fi: henkilöt, yksiköt, toimielimet, jäsenyydet, alueet · sv: personer, enheter, organ, medlemskap, områden
Not here: what they say (voices) or what they are promised (services).
"""
