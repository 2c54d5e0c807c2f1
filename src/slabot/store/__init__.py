"""What slabot keeps, and how: SQLAlchemy lives here and nowhere else."""
