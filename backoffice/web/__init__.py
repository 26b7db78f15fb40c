"""The pages of the office: terminals, receipts, daily reports. They show and change nothing."""
