"""The POSNET fiscal-printer protocol: frame, dialogue, commands, printer."""
