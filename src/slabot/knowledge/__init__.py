"""Articles: their files, the index over them, nearness of meaning, and how far to trust what is found."""
