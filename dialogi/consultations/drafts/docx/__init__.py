"""Documents of Word (Office Open XML), read from their own XML.

mammoth and python-docx were tried: the first parses with a parser that takes entities, loses the numbers of lists and headings and says nothing of what it
leaves out; the second leaves out tracked insertions and brings lxml. Neither bounds what it reads.
"""

from dialogi.consultations.drafts.docx.document import read_docx

__all__ = ["read_docx"]
