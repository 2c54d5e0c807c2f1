"""The way out to other systems: signed messages over HTTP, to addresses that may be called."""
