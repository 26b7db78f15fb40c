"""The small devices of a counter: scanner, scale, customer display."""
