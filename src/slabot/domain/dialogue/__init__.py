"""What the bot hears in a message and what it decides to do about it, as pure functions."""
