"""The signed agreement as PDF, and the word of the server on it."""
