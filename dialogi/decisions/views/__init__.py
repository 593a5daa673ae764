"""Views of the room: load, ask, act, respond."""
