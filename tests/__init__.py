"""Ours: a library installs a top-level package of the same name."""
