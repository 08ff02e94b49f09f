"""Choosing exactly k of n things under wishes, and explaining the choice. Pure."""
