"""The house rules as functions: each takes a House and yields one sentence for each fault it finds."""
