"""The pages of goods: the grid, one product, many at once, sheets."""
