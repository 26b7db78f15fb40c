"""Receipts and money."""
