"""The rules, one file each (see `pipeline.collection.findings`)."""
