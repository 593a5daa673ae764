"""Forms of the room: they parse and explain, they never save."""
