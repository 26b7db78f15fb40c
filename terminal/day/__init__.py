"""The fiscal day: closing, reports."""
