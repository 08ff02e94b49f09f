"""What the shape of a network tells: who is central, who bridges, which groups there are."""
