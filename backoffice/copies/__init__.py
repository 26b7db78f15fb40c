"""Copies of the office's database: made while it runs, checked, kept for a while, put back."""
