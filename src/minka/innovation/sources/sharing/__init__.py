"""A published challenge in other forms: picture, PDF, code to scan, feed, calendar."""
