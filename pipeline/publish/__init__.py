"""Write the data packages and publish them in one step."""

from __future__ import annotations

from pipeline.publish.atomic import publish
from pipeline.publish.packages import write_package, write_packages

__all__ = ["publish", "write_package", "write_packages"]
