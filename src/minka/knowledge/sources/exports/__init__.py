"""The directory in the formats of others. Each module writes one kind; `making` chooses."""
