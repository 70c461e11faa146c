"""Baogao: every quantity that a Chinese government work report states, as open data."""

__version__ = "0.1.0"
