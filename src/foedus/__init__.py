"""Foedus, the collective-security engine."""

__version__ = "0.1.0"
