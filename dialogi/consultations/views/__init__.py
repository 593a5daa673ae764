"""Views: load, ask, act, respond."""
