"""Reads that other rooms may ask for."""
