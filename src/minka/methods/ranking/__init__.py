"""Calibrated order of what a jury scored, with its uncertainty. Pure."""
