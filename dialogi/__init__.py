"""Dialogi: the open digital dialogue of a municipality."""
