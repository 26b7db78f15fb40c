"""What a POSNET printer can do besides selling, one module for each facet of ``drivers.fiscal``."""
