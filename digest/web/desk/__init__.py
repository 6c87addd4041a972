"""The desk: the pages of the office itself, behind a password."""

from digest.web.desk.routes import routes

__all__ = ["routes"]
