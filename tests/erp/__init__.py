"""An ERP for tests: a program of its own kind, which speaks HTTP and keeps its books itself."""
