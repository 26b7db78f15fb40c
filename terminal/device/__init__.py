"""The device the till runs on: its disk, its supervisor, its checks. No trade rules."""
