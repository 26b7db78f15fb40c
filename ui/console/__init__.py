"""The technician's console on a serial line or any tty."""
