"""Parse and explain; forms never save."""
