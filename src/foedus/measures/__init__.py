"""Measures: numbers with unit, error and source."""
