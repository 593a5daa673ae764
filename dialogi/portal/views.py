"""Pages of the portal."""
