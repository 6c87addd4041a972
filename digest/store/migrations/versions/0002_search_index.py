"""The full-text index, of which no table of the schema is made."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make an index of terms that were cut before and divided by spaces; it keeps no text.

    The first column costs the least: the text's places bear no number of a column, a quarter of the index.
    """
    op.execute("CREATE VIRTUAL TABLE search_index USING fts5 (text, title, authors, content='', tokenize='ascii')")
