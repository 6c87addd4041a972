"""The full-text index, of which no table of the schema is made."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_SQLITE = "CREATE VIRTUAL TABLE search_index USING fts5 (text, title, authors, content='', tokenize='ascii')"
"""It keeps no text. The first column costs the least: the text's places bear no number of a column, a quarter of it all."""

_POSTGRES = (
    """
    CREATE TABLE search_index (
        id bigint PRIMARY KEY REFERENCES search_entry ON DELETE CASCADE,
        title text NOT NULL, text text NOT NULL, authors text NOT NULL,
        length integer NOT NULL, article_id integer NOT NULL, publication_id integer NOT NULL
    ) WITH (toast_tuple_target = 128)
    """,
    # The terms, the authors' once more with a mark, all pairs of neighbours, and the paper; as numbers, which are compared
    # in half the time. It costs more than PostgreSQL could know: an index that is made of it is to be used.
    """
    CREATE FUNCTION search_grams(words text, authors text, publication_id integer) RETURNS bigint[]
    LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 10000 AS $$
        SELECT array_agg(hashtextextended(term, 0)) FILTER (WHERE term <> '')
            || array_agg(hashtextextended(term || ' ' || next, 0)) FILTER (WHERE term <> '' AND next <> '')
        FROM string_to_array(
                words || authors || replace(authors, ' ', ' @') || ' #' || publication_id, ' '
            ) AS terms,
            unnest(terms, terms[2:]) AS neighbours (term, next)
    $$
    """,
    "CREATE INDEX ix_search_index_grams ON search_index USING gin (search_grams(title || text, authors, publication_id))",
    "ALTER INDEX ix_search_index_grams ALTER COLUMN 1 SET STATISTICS 0",
)
"""A row is small, its texts lie elsewhere: what the index has found is soon looked up."""


def upgrade() -> None:
    """Make an index of terms that were cut before and divided by spaces."""
    for statement in (_SQLITE,) if op.get_bind().dialect.name == "sqlite" else _POSTGRES:
        op.execute(statement)
