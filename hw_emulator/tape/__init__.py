"""Tapes played against the emulator: a fault of a shop at a desk. Emulates nothing."""
