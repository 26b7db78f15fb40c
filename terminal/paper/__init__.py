"""Slips for the receipt printer: what is on them, and the queue that prints each of them once."""
