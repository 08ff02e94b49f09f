"""Fitting the weights: made-up organisations, sheets that name them badly, and a regression."""
