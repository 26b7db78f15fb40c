"""The company's other programs: what they give and take, over files or the web."""
