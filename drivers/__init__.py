"""Devices and nothing else: usable without the till."""
