"""Exchange with the back office."""
