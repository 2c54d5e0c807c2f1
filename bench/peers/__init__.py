"""What `bench/messages.py` sets beside slabot, and the crowd that talks to all of them."""
