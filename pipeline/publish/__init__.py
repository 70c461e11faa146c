"""Data packages: their tables in every format and layout, and publishing in one step."""
