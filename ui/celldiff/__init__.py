"""The cashier's screen on a terminal line: only cells that changed, in the line's own letters."""
