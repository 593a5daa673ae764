"""Documents of LibreOffice (OpenDocument Text), read from their own XML.

odfpy was tried: it makes a blank of each of the three hundred million that one element may ask for.
"""

from dialogi.consultations.drafts.odt.document import read_odt

__all__ = ["read_odt"]
