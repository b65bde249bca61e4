"""Measurements: one command each, which prints its figures; docs/measurements.md holds the last ones."""
