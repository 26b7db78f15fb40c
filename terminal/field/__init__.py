"""What is done outside the shop: customers, orders and quotes, visits, notes and attachments."""
