"""What the office asks of this till: taken up, done between two receipts, told."""
