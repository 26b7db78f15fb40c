"""The technician's console: its words, its door, and the socket of a running till."""
