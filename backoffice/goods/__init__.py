"""A shop's goods as the owner works with them: found among many, changed together, from sheets."""
