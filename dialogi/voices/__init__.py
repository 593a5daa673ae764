"""Voices: what residents, elected officials and staff say, through any channel, and the open answer they get.

fi: palaute, vastaus, teema, kannatus · sv: respons, svar, tema, stöd
Not here: formal initiatives, consultations and votes; they are rooms of their own that build on voices.
"""
