"""From files to reports: decode a source, split it into its reports, and infer what they are."""

from pipeline.read.decode import decode
from pipeline.read.sources import read_source
from pipeline.read.split import split

__all__ = ["decode", "read_source", "split"]
