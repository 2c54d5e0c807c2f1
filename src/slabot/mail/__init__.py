"""The post: SMTP and templates live here and nowhere else."""
