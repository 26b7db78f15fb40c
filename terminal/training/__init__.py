"""Training: a till that has no fiscal printer, no office and no past, and leaves none."""
