"""The service: the public files, and the few pages that need an answer."""

from digest.web.service import build

__all__ = ["build"]
