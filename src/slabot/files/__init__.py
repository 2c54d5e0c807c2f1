"""What files really are, and where their bytes lie: puremagic and Pillow live here and nowhere else."""
