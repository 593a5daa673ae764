"""Decisions: what the municipality prepares and decides, by a body or by an office-holder, and what it decides on.

fi: asia, päätös, viranhaltijapäätös · sv: ärende, beslut, tjänsteinnehavarbeslut
Not here: what people say that sets a matter in motion (voices, consultations), or what carries a decision out (programme).
"""
