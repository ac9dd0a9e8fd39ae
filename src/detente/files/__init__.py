"""In and out: case files as YAML and JSON, their schema, and what other tools read. Only here ruamel and pydantic."""
