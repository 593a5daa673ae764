"""Services: what the municipality does for people, where, and what it promises.

fi: palvelut, palvelupisteet, palvelulupaukset · sv: tjänster, servicepunkter, servicelöften
Not here: the information systems behind a service (systems), or what people say about it (voices).
"""
