"""The pages of the exchange with other programs: export, import, jobs, queues, channels."""
