"""Why each error comes and what to do: for the screen (menu 7 5) and for docs/errors.md."""
