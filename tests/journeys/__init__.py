"""People do what they came for, in a real browser."""
