"""The office's database: tables, the one right way to open it, migrations."""
