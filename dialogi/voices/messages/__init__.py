"""What we tell people about voices: authors, handlers, those who check, supporters, and those to whom a matter is handed on."""

from dialogi.voices.messages import to_authors, to_organisations, to_staff, to_supporters

__all__ = ["to_authors", "to_organisations", "to_staff", "to_supporters"]
