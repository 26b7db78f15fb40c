"""Receipts that lie aside: under which names, how they are taken up, divided and shared."""
