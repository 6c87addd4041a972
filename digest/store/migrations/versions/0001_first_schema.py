"""first schema."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply the change."""
    op.create_table(
        "alarm",
        sa.Column("key", sa.String(length=160), nullable=False, comment="what it is about, as long as it lasts"),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "told_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="when mail and webhook were queued; None: nobody knows yet",
        ),
        sa.Column(
            "cleared_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="since when it is over; the row goes when that was told",
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_alarm")),
        comment="troubles that the operator is told of, once each",
    )
    op.create_table(
        "blob",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("name", sa.Text(), nullable=False, comment="of the picture"),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_blob")),
        comment="the bytes of pictures, as they came and in the sizes that readers get",
    )
    op.create_table(
        "desk_login",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("network", sa.String(length=64), nullable=False, comment="where it came from, as far as may be kept"),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("succeeded", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_desk_login")),
        comment="who has tried to come to the desk: too many failures have to wait",
    )
    op.create_table(
        "desk_session",
        sa.Column(
            "token_hash", sa.String(length=64), nullable=False, comment="SHA-256 of the cookie, which nobody else has"
        ),
        sa.Column(
            "password_mark",
            sa.String(length=64),
            nullable=False,
            comment="of the password that opened it: another one ends it",
        ),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_desk_session")),
        comment="who is at the desk",
    )
    op.create_table(
        "fact",
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_fact")),
        comment="what was fixed at the first start, such as the authority in every id",
    )
    op.create_table(
        "ping",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False, comment="of the feed"),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False, comment="when the feed changed last"),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("not_before", sa.DateTime(timezone=True), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.CheckConstraint("state IN ('pending', 'sent', 'failed')", name=op.f("ck_ping_state")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ping")),
        sa.UniqueConstraint("url", name=op.f("uq_ping_url")),
        comment="a feed that the hub is to be told of (WebSub)",
    )
    with op.batch_alter_table("ping", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_ping_state_not_before"), ["state", "not_before"], unique=False)

    op.create_table(
        "publication",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=64), nullable=False),
        sa.Column(
            "sequence", sa.Integer(), server_default="0", nullable=False, comment="of the article published last"
        ),
        sa.Column(
            "counted", sa.Integer(), server_default="0", nullable=False, comment="articles whose words are counted"
        ),
        sa.Column("learned", sa.Integer(), server_default="0", nullable=False, comment="of these in the IDF's version"),
        sa.Column("idf_version", sa.Integer(), server_default="0", nullable=False),
        sa.Column(
            "edition",
            sa.String(length=64),
            nullable=True,
            comment="what the site was last written with as a whole: a hash",
        ),
        sa.Column(
            "home_url",
            sa.Text(),
            nullable=True,
            comment="where the site that was written says it is; None: all of it is to be written",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publication")),
        sa.UniqueConstraint("slug", name=op.f("uq_publication_slug")),
    )
    op.create_table(
        "subscriber",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "public_id", sa.String(length=32), nullable=False, comment="random: stands in tokens and Message-IDs"
        ),
        sa.Column("email", sa.Text(), nullable=False, comment="as typed"),
        sa.Column("email_norm", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("token_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "new_email",
            sa.Text(),
            nullable=True,
            comment="an address that is to take the place of the other, not confirmed yet",
        ),
        sa.CheckConstraint("state IN ('active', 'bounced')", name=op.f("ck_subscriber_state")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subscriber")),
        sa.UniqueConstraint("email_norm", name=op.f("uq_subscriber_email_norm")),
        sa.UniqueConstraint("public_id", name=op.f("uq_subscriber_public_id")),
    )
    op.create_table(
        "suppression",
        sa.Column("address_hash", sa.String(length=64), nullable=False, comment="keyed (tokens.address_hash)"),
        sa.Column("reason", sa.String(length=16), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("reason IN ('hard', 'complaint', 'erased', 'manual')", name=op.f("ck_suppression_reason")),
        sa.PrimaryKeyConstraint("address_hash", name=op.f("pk_suppression")),
        comment="addresses that nothing is sent to, whoever asks for it",
    )
    op.create_table(
        "consent",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subscriber_id", sa.Integer(), nullable=False),
        sa.Column("publication_id", sa.Integer(), nullable=False),
        sa.Column("event", sa.String(length=16), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False, comment="a truncated IP address, or what else it came by"),
        sa.Column("wording", sa.Text(), nullable=False, comment="what the subscriber read, or the office states"),
        sa.CheckConstraint(
            "event IN ('asked', 'confirmed', 'changed', 'added', 'imported', 'unsubscribed', 'moved')",
            name=op.f("ck_consent_event"),
        ),
        sa.ForeignKeyConstraint(["publication_id"], ["publication.id"], name=op.f("fk_consent_publication_id")),
        sa.ForeignKeyConstraint(["subscriber_id"], ["subscriber.id"], name=op.f("fk_consent_subscriber_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent")),
        comment="what a subscriber has agreed to, when, and from where",
    )
    with op.batch_alter_table("consent", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_consent_subscriber_id_publication_id"), ["subscriber_id", "publication_id"], unique=False
        )

    op.create_table(
        "digest",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("publication_id", sa.Integer(), nullable=False),
        sa.Column("cadence", sa.String(length=16), nullable=False),
        sa.Column("topics", sa.Text(), nullable=False),
        sa.Column("form", sa.String(length=16), nullable=False),
        sa.Column("after", sa.Integer(), nullable=False, comment="the articles with a sequence above this"),
        sa.Column("through", sa.Integer(), nullable=False, comment="and up to this"),
        sa.Column("begun_after", sa.Integer(), server_default="0", nullable=False, comment="no correction up to it"),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False, comment="grows when it is made again"),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "halt",
            sa.String(length=16),
            nullable=True,
            comment="halted: too many came back; released: a person has let it go on",
        ),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("not_before", sa.DateTime(timezone=True), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.CheckConstraint("halt IN ('halted', 'released')", name=op.f("ck_digest_halt")),
        sa.CheckConstraint("state IN ('ready', 'stale')", name=op.f("ck_digest_state")),
        sa.ForeignKeyConstraint(["publication_id"], ["publication.id"], name=op.f("fk_digest_publication_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_digest")),
        sa.UniqueConstraint("public_id", name=op.f("uq_digest_public_id")),
        sa.UniqueConstraint(
            "publication_id",
            "cadence",
            "topics",
            "form",
            "after",
            "through",
            "begun_after",
            name=op.f("uq_digest_publication_id_cadence_topics_form_after_through_begun_after"),
        ),
        comment="the clock may fire twice or catch up: one digest a range and variant",
    )
    with op.batch_alter_table("digest", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_digest_state_publication_id"), ["state", "publication_id"], unique=False)

    op.create_table(
        "issue",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("publication_id", sa.Integer(), nullable=False),
        sa.Column(
            "key",
            sa.String(length=80),
            nullable=False,
            comment="the stated number or date, else the beginning of the SHA-256",
        ),
        sa.Column("tag", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False, comment="among the issues of the day, from 1"),
        sa.Column("language", sa.String(length=35), nullable=False),
        sa.Column("masthead", sa.JSON(), nullable=False),
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True, comment="as stated"),
        sa.Column("dated", sa.Date(), nullable=True, comment="the date, where it is stated and not guessed"),
        sa.Column("backfilled", sa.Boolean(), server_default=sa.false(), nullable=False, comment="no news: no letters"),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("published_rev", sa.Integer(), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("not_before", sa.DateTime(timezone=True), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.CheckConstraint("state IN ('pending', 'published', 'held')", name=op.f("ck_issue_state")),
        sa.ForeignKeyConstraint(["publication_id"], ["publication.id"], name=op.f("fk_issue_publication_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_issue")),
        sa.UniqueConstraint("publication_id", "day", "place", name=op.f("uq_issue_publication_id_day_place")),
        sa.UniqueConstraint("publication_id", "key", name=op.f("uq_issue_publication_id_key")),
        sa.UniqueConstraint("tag", name=op.f("uq_issue_tag")),
    )
    with op.batch_alter_table("issue", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_issue_publication_id_backfilled_published_at"),
            ["publication_id", "backfilled", "published_at"],
            unique=False,
        )
        batch_op.create_index(batch_op.f("ix_issue_publication_id_dated"), ["publication_id", "dated"], unique=False)
        batch_op.create_index(batch_op.f("ix_issue_publication_id_number"), ["publication_id", "number"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_issue_publication_id_published_at"), ["publication_id", "published_at"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_issue_state_publication_id_not_before"),
            ["state", "publication_id", "not_before"],
            unique=False,
        )

    op.create_table(
        "month",
        sa.Column("publication_id", sa.Integer(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False, comment="its first day"),
        sa.Column("issues", sa.Integer(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False, comment="when the last of them changed"),
        sa.ForeignKeyConstraint(["publication_id"], ["publication.id"], name=op.f("fk_month_publication_id")),
        sa.PrimaryKeyConstraint("publication_id", "month", name=op.f("pk_month")),
        comment="the months of the archive, counted when they are written, so that nobody has to count all issues",
    )
    op.create_table(
        "notice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), server_default="office", nullable=False),
        sa.Column(
            "publication_id", sa.Integer(), nullable=True, comment="the paper that writes; None: the office's own"
        ),
        sa.Column("recipient", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("html", sa.Text(), server_default="", nullable=False),
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("not_before", sa.DateTime(timezone=True), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('office', 'alarm', 'webhook', 'confirm', 'known', 'address', 'moved', 'export')",
            name=op.f("ck_notice_kind"),
        ),
        sa.CheckConstraint("state IN ('pending', 'sent', 'failed')", name=op.f("ck_notice_state")),
        sa.ForeignKeyConstraint(["publication_id"], ["publication.id"], name=op.f("fk_notice_publication_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
        sa.UniqueConstraint("message_id", name=op.f("uq_notice_message_id")),
        comment="what the office, or one subscriber, is told: by mail, or the office by its webhook",
    )
    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_notice_kind_created_at"), ["kind", "created_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_notice_state_not_before"), ["state", "not_before"], unique=False)

    op.create_table(
        "source",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("publication_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False, comment="SHA-256 of the bytes and the sidecar"),
        sa.Column("sha256", sa.String(length=64), nullable=False, comment="of the bytes: the name of the blob"),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("sidecar", sa.LargeBinary(), nullable=True, comment="what lay beside it, as it came"),
        sa.Column("modified", sa.DateTime(timezone=True), nullable=True),
        sa.Column("dropped_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.JSON(), nullable=True, comment="code and facts of a rejection"),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("not_before", sa.DateTime(timezone=True), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.CheckConstraint("state IN ('pending', 'done', 'held', 'rejected')", name=op.f("ck_source_state")),
        sa.ForeignKeyConstraint(["publication_id"], ["publication.id"], name=op.f("fk_source_publication_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_source")),
        sa.UniqueConstraint("publication_id", "key", name=op.f("uq_source_publication_id_key")),
        comment="the same bytes, dropped any number of times, are one source",
    )
    with op.batch_alter_table("source", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_source_state_not_before"), ["state", "not_before"], unique=False)

    op.create_table(
        "subscription",
        sa.Column("subscriber_id", sa.Integer(), nullable=False),
        sa.Column("publication_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("cadence", sa.String(length=16), nullable=False),
        sa.Column("send_at", sa.String(length=5), nullable=True, comment="HH:MM; None: the paper's own"),
        sa.Column(
            "weekday", sa.Integer(), server_default="0", nullable=False, comment="of a weekly letter, 0 for Monday"
        ),
        sa.Column("timezone", sa.String(length=64), nullable=True, comment="IANA; None: the paper's own"),
        sa.Column("quiet_from", sa.String(length=5), nullable=True, comment="HH:MM"),
        sa.Column("quiet_to", sa.String(length=5), nullable=True),
        sa.Column("topics", sa.Text(), server_default="", nullable=False, comment="sorted, a line each; empty: all"),
        sa.Column("form", sa.String(length=16), server_default="full", nullable=False),
        sa.Column("paused_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "due_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="when the next letter may be made; None: as soon as there is news",
        ),
        sa.Column(
            "sent_through", sa.Integer(), nullable=False, comment="the article sequence up to which letters were made"
        ),
        sa.Column("begun_after", sa.Integer(), server_default="0", nullable=False, comment="no correction up to it"),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("cadence IN ('issue', 'daily', 'weekly')", name=op.f("ck_subscription_cadence")),
        sa.CheckConstraint("state IN ('pending', 'active', 'unsubscribed')", name=op.f("ck_subscription_state")),
        sa.ForeignKeyConstraint(["publication_id"], ["publication.id"], name=op.f("fk_subscription_publication_id")),
        sa.ForeignKeyConstraint(["subscriber_id"], ["subscriber.id"], name=op.f("fk_subscription_subscriber_id")),
        sa.PrimaryKeyConstraint("subscriber_id", "publication_id", name=op.f("pk_subscription")),
    )
    with op.batch_alter_table("subscription", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_subscription_publication_id_state_cadence_due_at_sent_through"),
            ["publication_id", "state", "cadence", "due_at", "sent_through"],
            unique=False,
        )

    op.create_table(
        "term",
        sa.Column("publication_id", sa.Integer(), nullable=False),
        sa.Column("term", sa.Text(), nullable=False, comment="a word, folded"),
        sa.Column("articles", sa.Integer(), nullable=False, comment="how many articles of the paper hold it"),
        sa.Column("learned", sa.Integer(), nullable=False, comment="how many did in the version that is learned from"),
        sa.ForeignKeyConstraint(["publication_id"], ["publication.id"], name=op.f("fk_term_publication_id")),
        sa.PrimaryKeyConstraint("publication_id", "term", name=op.f("pk_term")),
        comment="what an archive tells of its words",
    )
    op.create_table(
        "article",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("publication_id", sa.Integer(), nullable=False),
        sa.Column("issue_id", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False, comment="in the issue, from 1; never given twice"),
        sa.Column("tag", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False, comment="among the articles of the day, from 1: the address"),
        sa.Column("position", sa.Integer(), nullable=False, comment="in print order, from 1"),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=True, comment="in the order of publication; None until then"),
        sa.Column("public", sa.Boolean(), server_default=sa.false(), nullable=False, comment="readers have seen it"),
        sa.Column("note", sa.Text(), nullable=True, comment="what the editor says of the last correction"),
        sa.Column("title", sa.Text(), nullable=False, comment="as lists name it"),
        sa.Column("brief", sa.Text(), nullable=False, comment="how its summary begins"),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_reason", sa.Text(), nullable=True),
        sa.Column(
            "withdrawn_by",
            sa.String(length=16),
            nullable=True,
            comment="revision: a corrected file lacks it; editor: by name",
        ),
        sa.Column(
            "content",
            sa.JSON(),
            nullable=False,
            comment="the article, as model.Article; last: it is long, and often not read",
        ),
        sa.ForeignKeyConstraint(["issue_id"], ["issue.id"], name=op.f("fk_article_issue_id")),
        sa.ForeignKeyConstraint(["publication_id"], ["publication.id"], name=op.f("fk_article_publication_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_article")),
        sa.UniqueConstraint("issue_id", "ordinal", name=op.f("uq_article_issue_id_ordinal")),
        sa.UniqueConstraint("publication_id", "day", "place", name=op.f("uq_article_publication_id_day_place")),
        sa.UniqueConstraint("publication_id", "sequence", name=op.f("uq_article_publication_id_sequence")),
        sa.UniqueConstraint("tag", name=op.f("uq_article_tag")),
    )
    with op.batch_alter_table("article", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_article_issue_id"),
            ["issue_id"],
            unique=False,
            sqlite_where=sa.text("withdrawn_at IS NULL"),
            postgresql_where=sa.text("withdrawn_at IS NULL"),
        )
        batch_op.create_index(
            batch_op.f("ix_article_publication_id_published_at"), ["publication_id", "published_at"], unique=False
        )

    op.create_table(
        "delivery",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("digest_id", sa.Integer(), nullable=False),
        sa.Column("subscriber_id", sa.Integer(), nullable=True, comment="None: erased"),
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "mailer", sa.Integer(), nullable=True, comment="who has claimed it: the number of a run of the outbox"
        ),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("not_before", sa.DateTime(timezone=True), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "state IN ('pending', 'claimed', 'data', 'sent', 'failed', 'uncertain', 'cancelled')",
            name=op.f("ck_delivery_state"),
        ),
        sa.ForeignKeyConstraint(["digest_id"], ["digest.id"], name=op.f("fk_delivery_digest_id")),
        sa.ForeignKeyConstraint(["subscriber_id"], ["subscriber.id"], name=op.f("fk_delivery_subscriber_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery")),
        sa.UniqueConstraint("digest_id", "subscriber_id", name=op.f("uq_delivery_digest_id_subscriber_id")),
        sa.UniqueConstraint("message_id", name=op.f("uq_delivery_message_id")),
        comment="one message per subscriber and digest",
    )
    with op.batch_alter_table("delivery", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_delivery_state_not_before"), ["state", "not_before"], unique=False)

    op.create_table(
        "drop",
        sa.Column("claim_id", sa.String(length=64), nullable=False),
        sa.Column("publication_id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column(
            "outcome", sa.String(length=16), nullable=False, comment="pending: it waits for what becomes of its source"
        ),
        sa.Column("words", sa.Text(), nullable=False, comment="what its editor is told"),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["publication_id"], ["publication.id"], name=op.f("fk_drop_publication_id")),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_drop_source_id")),
        sa.PrimaryKeyConstraint("claim_id", name=op.f("pk_drop")),
        comment="each dropped file is told of once, also when a crash came between",
    )
    with op.batch_alter_table("drop", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_drop_source_id"), ["source_id"], unique=False)

    op.create_table(
        "entry",
        sa.Column("issue_id", sa.Integer(), nullable=False),
        sa.Column(
            "place", sa.Integer(), nullable=False, comment="0: the issue as a whole; from 1: its articles, as in feeds"
        ),
        sa.Column("tag", sa.Text(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column(
            "forms",
            sa.LargeBinary(),
            nullable=False,
            comment="its bytes in each format, parted by NUL, which none can hold",
        ),
        sa.ForeignKeyConstraint(["issue_id"], ["issue.id"], name=op.f("fk_entry_issue_id")),
        sa.PrimaryKeyConstraint("issue_id", "place", name=op.f("pk_entry")),
        comment="what feeds tell of the newest issues, as it was rendered when they were published; may be lost",
    )
    op.create_table(
        "issue_revision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("issue_id", sa.Integer(), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("parsed", sa.JSON(), nullable=False, comment="the issue, as model.Issue"),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("state IN ('applied', 'held', 'refused')", name=op.f("ck_issue_revision_state")),
        sa.ForeignKeyConstraint(["issue_id"], ["issue.id"], name=op.f("fk_issue_revision_issue_id")),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_issue_revision_source_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_issue_revision")),
        sa.UniqueConstraint("issue_id", "rev", name=op.f("uq_issue_revision_issue_id_rev")),
        sa.UniqueConstraint("issue_id", "source_id", name=op.f("uq_issue_revision_issue_id_source_id")),
        comment="a corrected file makes one new revision; the old file dropped again makes none",
    )
    op.create_table(
        "bounce",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("delivery_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "mail",
            sa.String(length=64),
            nullable=True,
            comment="SHA-256 of the mail that tells of it; None: the server refused it at once",
        ),
        sa.Column("verdict", sa.String(length=16), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=True, comment="as RFC 3463 has it"),
        sa.Column("diagnostic", sa.Text(), nullable=False, comment="the server's words, without whose address it is"),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "verdict IN ('hard', 'soft', 'delayed', 'throttle', 'policy', 'complaint', 'none')",
            name=op.f("ck_bounce_verdict"),
        ),
        sa.ForeignKeyConstraint(
            ["delivery_id"], ["delivery.id"], name=op.f("fk_bounce_delivery_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bounce")),
        sa.UniqueConstraint("delivery_id", "mail", name=op.f("uq_bounce_delivery_id_mail")),
        comment="letters that came back, and those that were complained of",
    )
    op.create_table(
        "correction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("publication_id", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "sequence",
            sa.Integer(),
            nullable=True,
            comment="counted with the articles; None until a new issue is published",
        ),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name=op.f("fk_correction_article_id")),
        sa.ForeignKeyConstraint(["publication_id"], ["publication.id"], name=op.f("fk_correction_publication_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_correction")),
        sa.UniqueConstraint("publication_id", "sequence", name=op.f("uq_correction_publication_id_sequence")),
        comment="what readers have seen and was changed, withdrawn or restored: the next letter tells of it",
    )
    op.create_table(
        "picture",
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("path", sa.String(length=64), nullable=False, comment="below the paper's home"),
        sa.Column(
            "current",
            sa.Boolean(),
            nullable=False,
            comment="false: of a revision that is still to be replaced for readers",
        ),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name=op.f("fk_picture_article_id")),
        sa.PrimaryKeyConstraint("article_id", "path", name=op.f("pk_picture")),
        comment="which files of pictures the page of an article shows",
    )
    with op.batch_alter_table("picture", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_picture_path"), ["path"], unique=False)

    op.create_table(
        "related",
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False, comment="from 1: the closest"),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name=op.f("fk_related_article_id")),
        sa.ForeignKeyConstraint(["other_id"], ["article.id"], name=op.f("fk_related_other_id")),
        sa.PrimaryKeyConstraint("article_id", "other_id", name=op.f("pk_related")),
        comment="which older articles the page of an article shows",
    )
    with op.batch_alter_table("related", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_related_other_id"), ["other_id"], unique=False)

    op.create_table(
        "search_entry",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="the row of the index: its day, then its place among those of the day",
        ),
        sa.Column("article_id", sa.Integer(), nullable=True, comment="None: not to be found any more"),
        sa.Column("publication_id", sa.Integer(), nullable=False),
        sa.Column("section", sa.String(length=64), nullable=True, comment="as addresses have it"),
        sa.Column("label", sa.Text(), nullable=True, comment="the section as printed"),
        sa.Column("mark", sa.String(length=32), nullable=False, comment="of what was indexed"),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name=op.f("fk_search_entry_article_id")),
        sa.ForeignKeyConstraint(["publication_id"], ["publication.id"], name=op.f("fk_search_entry_publication_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_entry")),
        sa.UniqueConstraint("article_id", name=op.f("uq_search_entry_article_id")),
        comment="what can be found by searching; the index (0002) knows no more than the row",
    )
    with op.batch_alter_table("search_entry", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_search_entry_publication_id_section"), ["publication_id", "section"], unique=False
        )

    op.create_table(
        "topic",
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False, comment="keyword: one of feeds.keywords"),
        sa.Column("name", sa.String(length=64), nullable=False, comment="as addresses have it"),
        sa.Column("publication_id", sa.Integer(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False, comment="as printed"),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False, comment="that of the article"),
        sa.Column("weight", sa.Float(), nullable=False, comment="of a keyword its score, 0 to 1"),
        sa.Column(
            "current",
            sa.Boolean(),
            nullable=False,
            comment="false: of a revision that is still to be replaced for readers",
        ),
        sa.Column(
            "place",
            sa.Integer(),
            nullable=True,
            comment="among those of its name, from 0 for the oldest; None: not published yet",
        ),
        sa.CheckConstraint("kind IN ('section', 'keyword', 'own_keyword')", name=op.f("ck_topic_kind")),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name=op.f("fk_topic_article_id")),
        sa.ForeignKeyConstraint(["publication_id"], ["publication.id"], name=op.f("fk_topic_publication_id")),
        sa.PrimaryKeyConstraint("article_id", "kind", "name", name=op.f("pk_topic")),
        comment="what an article is about: its section, the feeds of keywords that it stands in, and its own keywords",
    )
    with op.batch_alter_table("topic", schema=None) as batch_op:
        batch_op.create_index(
            "ix_topic_place",
            ["publication_id", "kind", "name", "place", "current", "article_id", "weight"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_topic_publication_id_kind_name_published_at_current"),
            ["publication_id", "kind", "name", "published_at", "current"],
            unique=False,
        )
