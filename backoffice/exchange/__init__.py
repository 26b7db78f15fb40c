"""Exchange of objects with the company's other programs, channel by channel."""
