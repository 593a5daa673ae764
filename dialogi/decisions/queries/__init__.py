"""Reads of the room: what everybody reads, the desk, records for the archive."""
