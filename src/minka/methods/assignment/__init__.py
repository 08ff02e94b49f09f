"""Who evaluates what: people to items within their loads, proven best, and why not. Pure."""
