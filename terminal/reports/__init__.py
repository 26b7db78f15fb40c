"""Reports of menu 4: what was sold, on screen, on paper and as a file."""
