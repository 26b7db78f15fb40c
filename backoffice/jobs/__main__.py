"""A worker as the office starts it, whatever the program itself is called."""

from backoffice.jobs.commands import work

work()
