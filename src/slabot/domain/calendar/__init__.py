"""When a desk is open: rules as people write them, compiled to UTC intervals that all arithmetic uses."""
