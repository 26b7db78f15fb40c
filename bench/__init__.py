"""Measures what the shop can feel; each figure has its limit or peer beside it in the same run."""
