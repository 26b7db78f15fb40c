"""What is done outside the shop, in the office: rows made of documents, and contents of files."""
