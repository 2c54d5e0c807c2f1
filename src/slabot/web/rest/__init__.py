"""REST: health, login, articles and tickets; every handler decodes, asks a service, and answers a model."""
