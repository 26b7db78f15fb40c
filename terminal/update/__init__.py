"""New versions of this program: found, kept, installed in the day close, tried, confirmed."""
