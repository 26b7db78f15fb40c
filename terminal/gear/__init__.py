"""Gear: the devices beside the fiscal printer. None of them ever stops a sale."""
