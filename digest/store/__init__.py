"""The database: the only place that knows SQLAlchemy and Alembic.

`schema` says what is kept, `database` opens it, `migrations` brings it up to date; the other modules hold the
statements of one subject each, as functions on a connection. Nothing that takes long is computed inside a write transaction.
"""
