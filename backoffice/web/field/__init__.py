"""Pages of what is done outside the shop."""
