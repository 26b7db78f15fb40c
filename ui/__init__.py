"""The faces: cashier's screen and command line."""
