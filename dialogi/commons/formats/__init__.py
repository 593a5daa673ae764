"""How days and hours are written, where it differs from Django: Swedish as in Finland, English as in Europe."""
