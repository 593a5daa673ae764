"""Systems: which information systems the municipality has, what they are for, who answers for them, and what could be shared.

fi: tietojärjestelmät, käytöt, tietovarannot, liittymät, sopimukset · sv: datasystem, användningar, informationslager, anslutningar, avtal
Not here: what they cost (figures), what people say about them (voices), or the services that they carry (services).
"""
