"""Work that goes on by itself, is seen to the end, and is done once: queues, workers, schedules."""
