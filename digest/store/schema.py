"""What is kept: the tables, with the constraint that carries each promise.

Where there is work, the row is the work: `state, attempts, not_before, error` stand on it (DESIGN.md, The work).
"""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    false,
    text,
)


class Instant(TypeDecorator[datetime]):
    """An aware time, kept in UTC also where the database knows no zones (SQLite)."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a naive time, store the others in UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(value)
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return an aware time."""
        return value.replace(tzinfo=UTC) if value is not None and value.tzinfo is None else value


Number = BigInteger().with_variant(Integer, "sqlite")
"""A whole number that may have more than nine digits: SQLite's have no end, but a row's must be called INTEGER there."""

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _work(*states: str) -> list[Any]:
    """Return the columns of a row that is work, in its own dead letter office when all tries are used up."""
    return [
        Column("state", String(16), nullable=False),
        Column("attempts", Integer, nullable=False, default=0, server_default="0"),
        Column("not_before", Instant),
        Column("error", Text),
        CheckConstraint(f"state IN {states}", name="state"),
    ]


fact = Table(
    "fact",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("value", Text, nullable=False),
    comment="what was fixed at the first start, such as the authority in every id",
)

publication = Table(
    "publication",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("slug", String(64), nullable=False, unique=True),
    Column("sequence", Integer, nullable=False, default=0, server_default="0", comment="of the article published last"),
    Column(
        "counted", Integer, nullable=False, default=0, server_default="0", comment="articles whose words are counted"
    ),
    Column("learned", Integer, nullable=False, default=0, server_default="0", comment="of these in the IDF's version"),
    Column("idf_version", Integer, nullable=False, default=0, server_default="0"),
    Column("edition", String(64), comment="what the site was last written with as a whole: a hash"),
    Column("home_url", Text, comment="where the site that was written says it is; None: all of it is to be written"),
)

source = Table(
    "source",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("publication_id", ForeignKey("publication.id"), nullable=False),
    Column("key", String(64), nullable=False, comment="SHA-256 of the bytes and the sidecar"),
    Column("sha256", String(64), nullable=False, comment="of the bytes: the name of the blob"),
    Column("name", Text, nullable=False),
    Column("sidecar", LargeBinary, comment="what lay beside it, as it came"),
    Column("modified", Instant),
    Column("dropped_at", Instant, nullable=False),
    Column("reason", JSON, comment="code and facts of a rejection"),
    *_work("pending", "done", "held", "rejected"),
    UniqueConstraint("publication_id", "key"),
    Index(None, "state", "not_before"),
    comment="the same bytes, dropped any number of times, are one source",
)

drop = Table(
    "drop",
    metadata,
    Column("claim_id", String(64), primary_key=True),
    Column("publication_id", ForeignKey("publication.id"), nullable=False),
    Column("source_id", ForeignKey("source.id")),
    Column("name", Text, nullable=False),
    Column("outcome", String(16), nullable=False, comment="pending: it waits for what becomes of its source"),
    Column("words", Text, nullable=False, comment="what its editor is told"),
    Column("at", Instant, nullable=False),
    Index(None, "source_id"),
    comment="each dropped file is told of once, also when a crash came between",
)

issue = Table(
    "issue",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("publication_id", ForeignKey("publication.id"), nullable=False),
    Column("key", String(80), nullable=False, comment="the stated number or date, else the beginning of the SHA-256"),
    Column("tag", Text, nullable=False, unique=True),
    Column("day", Date, nullable=False),
    Column("place", Integer, nullable=False, comment="among the issues of the day, from 1"),
    Column("language", String(35), nullable=False),
    Column("masthead", JSON, nullable=False),
    Column("number", Number, comment="as stated"),
    Column("dated", Date, comment="the date, where it is stated and not guessed"),
    Column("backfilled", Boolean, nullable=False, default=False, server_default=false(), comment="no news: no letters"),
    Column("rev", Integer, nullable=False),
    Column("published_rev", Integer),
    Column("published_at", Instant, nullable=False),
    Column("updated_at", Instant, nullable=False),
    *_work("pending", "published", "held"),
    UniqueConstraint("publication_id", "key"),
    UniqueConstraint("publication_id", "day", "place"),
    Index(None, "publication_id", "published_at"),
    Index(None, "publication_id", "number"),
    Index(None, "publication_id", "dated"),
    Index(None, "publication_id", "backfilled", "published_at"),
    Index(None, "state", "publication_id", "not_before"),
)

issue_revision = Table(
    "issue_revision",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("issue_id", ForeignKey("issue.id"), nullable=False),
    Column("rev", Integer, nullable=False),
    Column("source_id", ForeignKey("source.id"), nullable=False),
    Column("state", String(16), nullable=False),
    Column("parsed", JSON, nullable=False, comment="the issue, as model.Issue"),
    Column("created_at", Instant, nullable=False),
    UniqueConstraint("issue_id", "rev"),
    UniqueConstraint("issue_id", "source_id"),
    CheckConstraint("state IN ('applied', 'held', 'refused')", name="state"),
    comment="a corrected file makes one new revision; the old file dropped again makes none",
)

article = Table(
    "article",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("publication_id", ForeignKey("publication.id"), nullable=False),
    Column("issue_id", ForeignKey("issue.id"), nullable=False),
    Column("ordinal", Integer, nullable=False, comment="in the issue, from 1; never given twice"),
    Column("tag", Text, nullable=False, unique=True),
    Column("day", Date, nullable=False),
    Column("place", Integer, nullable=False, comment="among the articles of the day, from 1: the address"),
    Column("position", Integer, nullable=False, comment="in print order, from 1"),
    Column("rev", Integer, nullable=False),
    Column("published_at", Instant, nullable=False),
    Column("updated_at", Instant, nullable=False),
    Column("sequence", Integer, comment="in the order of publication; None until then"),
    Column("public", Boolean, nullable=False, default=False, server_default=false(), comment="readers have seen it"),
    Column("note", Text, comment="what the editor says of the last correction"),
    Column("title", Text, nullable=False, comment="as lists name it"),
    Column("brief", Text, nullable=False, comment="how its summary begins"),
    Column("withdrawn_at", Instant),
    Column("withdrawn_reason", Text),
    Column("withdrawn_by", String(16), comment="revision: a corrected file lacks it; editor: by name"),
    Column(
        "content", JSON, nullable=False, comment="the article, as model.Article; last: it is long, and often not read"
    ),
    UniqueConstraint("issue_id", "ordinal"),
    UniqueConstraint("publication_id", "day", "place"),
    UniqueConstraint("publication_id", "sequence"),
    Index(None, "publication_id", "published_at"),
    Index(None, "issue_id", sqlite_where=text("withdrawn_at IS NULL"), postgresql_where=text("withdrawn_at IS NULL")),
)

term = Table(
    "term",
    metadata,
    Column("publication_id", ForeignKey("publication.id"), primary_key=True),
    Column("term", Text, primary_key=True, comment="a word, folded"),
    Column("articles", Integer, nullable=False, comment="how many articles of the paper hold it"),
    Column("learned", Integer, nullable=False, comment="how many did in the version that is learned from"),
    comment="what an archive tells of its words",
)

related = Table(
    "related",
    metadata,
    Column("article_id", ForeignKey("article.id"), primary_key=True),
    Column("other_id", ForeignKey("article.id"), primary_key=True),
    Column("place", Integer, nullable=False, comment="from 1: the closest"),
    Index(None, "other_id"),
    comment="which older articles the page of an article shows",
)

topic = Table(
    "topic",
    metadata,
    Column("article_id", ForeignKey("article.id"), primary_key=True),
    Column("kind", String(16), primary_key=True, comment="keyword: one of feeds.keywords"),
    Column("name", String(64), primary_key=True, comment="as addresses have it"),
    Column("publication_id", ForeignKey("publication.id"), nullable=False),
    Column("label", Text, nullable=False, comment="as printed"),
    Column("published_at", Instant, nullable=False, comment="that of the article"),
    Column("weight", Float, nullable=False, comment="of a keyword its score, 0 to 1"),
    Column("current", Boolean, nullable=False, comment="false: of a revision that is still to be replaced for readers"),
    Column("place", Integer, comment="among those of its name, from 0 for the oldest; None: not published yet"),
    CheckConstraint("kind IN ('section', 'keyword', 'own_keyword')", name="kind"),
    Index(None, "publication_id", "kind", "name", "published_at", "current"),
    # It holds all that lists and related articles read of a row: the rows themselves lie scattered.
    Index("ix_topic_place", "publication_id", "kind", "name", "place", "current", "article_id", "weight"),
    comment="what an article is about: its section, the feeds of keywords that it stands in, and its own keywords",
)

month = Table(
    "month",
    metadata,
    Column("publication_id", ForeignKey("publication.id"), primary_key=True),
    Column("month", Date, primary_key=True, comment="its first day"),
    Column("issues", Integer, nullable=False),
    Column("updated_at", Instant, nullable=False, comment="when the last of them changed"),
    comment="the months of the archive, counted when they are written, so that nobody has to count all issues",
)

entry = Table(
    "entry",
    metadata,
    Column("issue_id", ForeignKey("issue.id"), primary_key=True),
    Column("place", Integer, primary_key=True, comment="0: the issue as a whole; from 1: its articles, as in feeds"),
    Column("tag", Text, nullable=False),
    Column("updated_at", Instant, nullable=False),
    Column("size", Integer, nullable=False),
    Column(
        "forms", LargeBinary, nullable=False, comment="its bytes in each format, parted by NUL, which none can hold"
    ),
    comment="what feeds tell of the newest issues, as it was rendered when they were published; may be lost",
)

blob = Table(
    "blob",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("name", Text, nullable=False, comment="of the picture"),
    comment="the bytes of pictures, as they came and in the sizes that readers get",
)

picture = Table(
    "picture",
    metadata,
    Column("article_id", ForeignKey("article.id"), primary_key=True),
    Column("path", String(64), primary_key=True, comment="below the paper's home"),
    Column("current", Boolean, nullable=False, comment="false: of a revision that is still to be replaced for readers"),
    Index(None, "path"),
    comment="which files of pictures the page of an article shows",
)

search_entry = Table(
    "search_entry",
    metadata,
    Column(
        "id", Number, primary_key=True, comment="the row of the index: its day, then its place among those of the day"
    ),
    Column("article_id", ForeignKey("article.id"), unique=True, comment="None: not to be found any more"),
    Column("publication_id", ForeignKey("publication.id"), nullable=False),
    Column("section", String(64), comment="as addresses have it"),
    Column("label", Text, comment="the section as printed"),
    Column("mark", String(32), nullable=False, comment="of what was indexed"),
    Index(None, "publication_id", "section"),
    comment="what can be found by searching; the index (0002) knows no more than the row",
)

correction = Table(
    "correction",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("publication_id", ForeignKey("publication.id"), nullable=False),
    Column("article_id", ForeignKey("article.id"), nullable=False),
    Column("at", Instant, nullable=False),
    Column("sequence", Integer, comment="counted with the articles; None until a new issue is published"),
    UniqueConstraint("publication_id", "sequence"),
    comment="what readers have seen and was changed, withdrawn or restored: the next letter tells of it",
)

subscriber = Table(
    "subscriber",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("public_id", String(32), nullable=False, unique=True, comment="random: stands in tokens and Message-IDs"),
    Column("email", Text, nullable=False, comment="as typed"),
    Column("email_norm", Text, nullable=False, unique=True),
    Column("state", String(16), nullable=False),
    Column("token_version", Integer, nullable=False, default=1, server_default="1"),
    Column("created_at", Instant, nullable=False),
    Column("new_email", Text, comment="an address that is to take the place of the other, not confirmed yet"),
    CheckConstraint("state IN ('active', 'bounced')", name="state"),
)

subscription = Table(
    "subscription",
    metadata,
    Column("subscriber_id", ForeignKey("subscriber.id"), primary_key=True),
    Column("publication_id", ForeignKey("publication.id"), primary_key=True),
    Column("state", String(16), nullable=False),
    Column("cadence", String(16), nullable=False),
    Column("send_at", String(5), comment="HH:MM; None: the paper's own"),
    Column(
        "weekday", Integer, nullable=False, default=0, server_default="0", comment="of a weekly letter, 0 for Monday"
    ),
    Column("timezone", String(64), comment="IANA; None: the paper's own"),
    Column("quiet_from", String(5), comment="HH:MM"),
    Column("quiet_to", String(5)),
    Column("topics", Text, nullable=False, default="", server_default="", comment="sorted, a line each; empty: all"),
    Column("form", String(16), nullable=False, default="full", server_default="full"),
    Column("paused_until", Instant),
    Column("due_at", Instant, comment="when the next letter may be made; None: as soon as there is news"),
    Column("sent_through", Integer, nullable=False, comment="the article sequence up to which letters were made"),
    Column("begun_after", Integer, nullable=False, default=0, server_default="0", comment="no correction up to it"),
    Column("created_at", Instant, nullable=False),
    Column("ended_at", Instant),
    CheckConstraint("state IN ('pending', 'active', 'unsubscribed')", name="state"),
    CheckConstraint("cadence IN ('issue', 'daily', 'weekly')", name="cadence"),
    Index(None, "publication_id", "state", "cadence", "due_at", "sent_through"),
)

consent = Table(
    "consent",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("subscriber_id", ForeignKey("subscriber.id"), nullable=False),
    Column("publication_id", ForeignKey("publication.id"), nullable=False),
    Column("event", String(16), nullable=False),
    Column("at", Instant, nullable=False),
    Column("origin", Text, nullable=False, comment="a truncated IP address, or what else it came by"),
    Column("wording", Text, nullable=False, comment="what the subscriber read, or the office states"),
    CheckConstraint(
        "event IN ('asked', 'confirmed', 'changed', 'added', 'imported', 'unsubscribed', 'moved')", name="event"
    ),
    Index(None, "subscriber_id", "publication_id"),
    comment="what a subscriber has agreed to, when, and from where",
)

suppression = Table(
    "suppression",
    metadata,
    Column("address_hash", String(64), primary_key=True, comment="keyed (tokens.address_hash)"),
    Column("reason", String(16), nullable=False),
    Column("at", Instant, nullable=False),
    CheckConstraint("reason IN ('hard', 'complaint', 'erased', 'manual')", name="reason"),
    comment="addresses that nothing is sent to, whoever asks for it",
)

notice = Table(
    "notice",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", String(16), nullable=False, default="office", server_default="office"),
    Column("publication_id", ForeignKey("publication.id"), comment="the paper that writes; None: the office's own"),
    Column("recipient", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("html", Text, nullable=False, default="", server_default=""),
    Column("message_id", Text, nullable=False, unique=True),
    Column("created_at", Instant, nullable=False),
    *_work("pending", "sent", "failed"),
    CheckConstraint(
        "kind IN ('office', 'alarm', 'webhook', 'confirm', 'known', 'address', 'moved', 'export')", name="kind"
    ),
    Index(None, "state", "not_before"),
    Index(None, "kind", "created_at"),
    comment="what the office, or one subscriber, is told: by mail, or the office by its webhook",
)

alarm = Table(
    "alarm",
    metadata,
    Column("key", String(160), primary_key=True, comment="what it is about, as long as it lasts"),
    Column("facts", JSON, nullable=False),
    Column("raised_at", Instant, nullable=False),
    Column("told_at", Instant, comment="when mail and webhook were queued; None: nobody knows yet"),
    Column("cleared_at", Instant, comment="since when it is over; the row goes when that was told"),
    comment="troubles that the operator is told of, once each",
)

ping = Table(
    "ping",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("url", Text, nullable=False, unique=True, comment="of the feed"),
    Column("created_at", Instant, nullable=False, comment="when the feed changed last"),
    *_work("pending", "sent", "failed"),
    Index(None, "state", "not_before"),
    comment="a feed that the hub is to be told of (WebSub)",
)

digest = Table(
    "digest",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("public_id", String(32), nullable=False, unique=True),
    Column("publication_id", ForeignKey("publication.id"), nullable=False),
    Column("cadence", String(16), nullable=False),
    Column("topics", Text, nullable=False),
    Column("form", String(16), nullable=False),
    Column("after", Integer, nullable=False, comment="the articles with a sequence above this"),
    Column("through", Integer, nullable=False, comment="and up to this"),
    Column("begun_after", Integer, nullable=False, default=0, server_default="0", comment="no correction up to it"),
    Column("subject", Text, nullable=False),
    Column("html", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("version", Integer, nullable=False, default=1, server_default="1", comment="grows when it is made again"),
    Column("created_at", Instant, nullable=False),
    Column("halt", String(16), comment="halted: too many came back; released: a person has let it go on"),
    CheckConstraint("halt IN ('halted', 'released')", name="halt"),
    *_work("ready", "stale"),
    Index(None, "state", "publication_id"),
    UniqueConstraint("publication_id", "cadence", "topics", "form", "after", "through", "begun_after"),
    comment="the clock may fire twice or catch up: one digest a range and variant",
)

delivery = Table(
    "delivery",
    metadata,
    Column("id", Number, primary_key=True),
    Column("digest_id", ForeignKey("digest.id"), nullable=False),
    Column("subscriber_id", ForeignKey("subscriber.id"), comment="None: erased"),
    Column("message_id", Text, nullable=False, unique=True),
    Column("created_at", Instant, nullable=False),
    Column("done_at", Instant),
    Column("mailer", Integer, comment="who has claimed it: the number of a run of the outbox"),
    *_work("pending", "claimed", "data", "sent", "failed", "uncertain", "cancelled"),
    UniqueConstraint("digest_id", "subscriber_id"),
    Index(None, "state", "not_before"),
    comment="one message per subscriber and digest",
)

bounce = Table(
    "bounce",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("delivery_id", ForeignKey("delivery.id", ondelete="CASCADE"), nullable=False),
    Column("mail", String(64), comment="SHA-256 of the mail that tells of it; None: the server refused it at once"),
    Column("verdict", String(16), nullable=False),
    Column("status", String(16), comment="as RFC 3463 has it"),
    Column("diagnostic", Text, nullable=False, comment="the server's words, without whose address it is"),
    Column("at", Instant, nullable=False),
    UniqueConstraint("delivery_id", "mail"),
    CheckConstraint(
        "verdict IN ('hard', 'soft', 'delayed', 'throttle', 'policy', 'complaint', 'none')", name="verdict"
    ),
    comment="letters that came back, and those that were complained of",
)

desk_session = Table(
    "desk_session",
    metadata,
    Column("token_hash", String(64), primary_key=True, comment="SHA-256 of the cookie, which nobody else has"),
    Column("password_mark", String(64), nullable=False, comment="of the password that opened it: another one ends it"),
    Column("ends_at", Instant, nullable=False),
    comment="who is at the desk",
)

desk_login = Table(
    "desk_login",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("network", String(64), nullable=False, comment="where it came from, as far as may be kept"),
    Column("at", Instant, nullable=False),
    Column("succeeded", Boolean, nullable=False),
    comment="who has tried to come to the desk: too many failures have to wait",
)
