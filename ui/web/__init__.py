"""The demonstration in a browser: its pages, and the server that starts one shop for each tab."""
