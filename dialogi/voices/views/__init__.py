"""HTTP: load, ask, act, respond."""
