"""The history of the schema, one revision a file; `store.schema` runs it."""
