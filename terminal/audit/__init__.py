"""A journal that shows tampering: heads of days, export, and the verifier that stands alone."""
