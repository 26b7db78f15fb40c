"""The two databases of a till."""
