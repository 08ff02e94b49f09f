"""The programme report as PDF, and what is public of contracts as open data (OCDS)."""
