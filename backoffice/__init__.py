"""The other end of the synchronisation: the shop owner's server."""
