"""Memory: rules ask the same of the same line again and again, so what was answered lately is kept."""

from functools import lru_cache

remembered = lru_cache(maxsize=4096)
"""Marks a function of texts, whose answers are frozen, as one whose latest answers are kept."""
