"""Bringing systems in from a table: read the file, map its columns, plan what would happen, say every problem in words. Writes nothing."""
