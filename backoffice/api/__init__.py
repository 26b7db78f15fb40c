"""The HTTP face of the office: for tills and for its administrator. Problems as RFC 9457."""
