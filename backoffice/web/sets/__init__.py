"""Pages of data sets that are declared, not written: list, form, history, import. See ``shape``."""
