"""Faults: broken mail, killed workers, hostile input. Real processes on an installation of their own."""
