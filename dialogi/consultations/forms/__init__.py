"""Forms: they parse and explain, and never save."""
