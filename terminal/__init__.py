"""The shop: rules, storage, synchronisation. No screen, no serial port."""
