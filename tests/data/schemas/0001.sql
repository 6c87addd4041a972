BEGIN;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
CREATE TABLE alarm (
	"key" VARCHAR(160) NOT NULL, 
	facts JSON NOT NULL, 
	raised_at DATETIME NOT NULL, 
	told_at DATETIME, 
	cleared_at DATETIME, 
	CONSTRAINT pk_alarm PRIMARY KEY ("key")
);
CREATE TABLE blob (
	sha256 VARCHAR(64) NOT NULL, 
	name TEXT NOT NULL, 
	CONSTRAINT pk_blob PRIMARY KEY (sha256)
);
CREATE TABLE desk_login (
	id INTEGER NOT NULL, 
	network VARCHAR(64) NOT NULL, 
	at DATETIME NOT NULL, 
	succeeded BOOLEAN NOT NULL, 
	CONSTRAINT pk_desk_login PRIMARY KEY (id)
);
CREATE TABLE desk_session (
	token_hash VARCHAR(64) NOT NULL, 
	password_mark VARCHAR(64) NOT NULL, 
	ends_at DATETIME NOT NULL, 
	CONSTRAINT pk_desk_session PRIMARY KEY (token_hash)
);
CREATE TABLE fact (
	name VARCHAR(64) NOT NULL, 
	value TEXT NOT NULL, 
	CONSTRAINT pk_fact PRIMARY KEY (name)
);
CREATE TABLE ping (
	id INTEGER NOT NULL, 
	url TEXT NOT NULL, 
	created_at DATETIME NOT NULL, 
	state VARCHAR(16) NOT NULL, 
	attempts INTEGER DEFAULT '0' NOT NULL, 
	not_before DATETIME, 
	error TEXT, 
	CONSTRAINT pk_ping PRIMARY KEY (id), 
	CONSTRAINT ck_ping_state CHECK (state IN ('pending', 'sent', 'failed')), 
	CONSTRAINT uq_ping_url UNIQUE (url)
);
CREATE TABLE publication (
	id INTEGER NOT NULL, 
	slug VARCHAR(64) NOT NULL, 
	sequence INTEGER DEFAULT '0' NOT NULL, 
	counted INTEGER DEFAULT '0' NOT NULL, 
	learned INTEGER DEFAULT '0' NOT NULL, 
	idf_version INTEGER DEFAULT '0' NOT NULL, 
	edition VARCHAR(64), 
	home_url TEXT, 
	CONSTRAINT pk_publication PRIMARY KEY (id), 
	CONSTRAINT uq_publication_slug UNIQUE (slug)
);
CREATE TABLE subscriber (
	id INTEGER NOT NULL, 
	public_id VARCHAR(32) NOT NULL, 
	email TEXT NOT NULL, 
	email_norm TEXT NOT NULL, 
	state VARCHAR(16) NOT NULL, 
	token_version INTEGER DEFAULT '1' NOT NULL, 
	created_at DATETIME NOT NULL, 
	new_email TEXT, 
	CONSTRAINT pk_subscriber PRIMARY KEY (id), 
	CONSTRAINT ck_subscriber_state CHECK (state IN ('active', 'bounced')), 
	CONSTRAINT uq_subscriber_email_norm UNIQUE (email_norm), 
	CONSTRAINT uq_subscriber_public_id UNIQUE (public_id)
);
CREATE TABLE suppression (
	address_hash VARCHAR(64) NOT NULL, 
	reason VARCHAR(16) NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_suppression PRIMARY KEY (address_hash), 
	CONSTRAINT ck_suppression_reason CHECK (reason IN ('hard', 'complaint', 'erased', 'manual'))
);
CREATE TABLE consent (
	id INTEGER NOT NULL, 
	subscriber_id INTEGER NOT NULL, 
	publication_id INTEGER NOT NULL, 
	event VARCHAR(16) NOT NULL, 
	at DATETIME NOT NULL, 
	origin TEXT NOT NULL, 
	wording TEXT NOT NULL, 
	CONSTRAINT pk_consent PRIMARY KEY (id), 
	CONSTRAINT ck_consent_event CHECK (event IN ('asked', 'confirmed', 'changed', 'added', 'imported', 'unsubscribed', 'moved')), 
	CONSTRAINT fk_consent_publication_id FOREIGN KEY(publication_id) REFERENCES publication (id), 
	CONSTRAINT fk_consent_subscriber_id FOREIGN KEY(subscriber_id) REFERENCES subscriber (id)
);
CREATE TABLE digest (
	id INTEGER NOT NULL, 
	public_id VARCHAR(32) NOT NULL, 
	publication_id INTEGER NOT NULL, 
	cadence VARCHAR(16) NOT NULL, 
	topics TEXT NOT NULL, 
	form VARCHAR(16) NOT NULL, 
	"after" INTEGER NOT NULL, 
	through INTEGER NOT NULL, 
	begun_after INTEGER DEFAULT '0' NOT NULL, 
	subject TEXT NOT NULL, 
	html TEXT NOT NULL, 
	text TEXT NOT NULL, 
	version INTEGER DEFAULT '1' NOT NULL, 
	created_at DATETIME NOT NULL, 
	halt VARCHAR(16), 
	state VARCHAR(16) NOT NULL, 
	attempts INTEGER DEFAULT '0' NOT NULL, 
	not_before DATETIME, 
	error TEXT, 
	CONSTRAINT pk_digest PRIMARY KEY (id), 
	CONSTRAINT ck_digest_halt CHECK (halt IN ('halted', 'released')), 
	CONSTRAINT ck_digest_state CHECK (state IN ('ready', 'stale')), 
	CONSTRAINT fk_digest_publication_id FOREIGN KEY(publication_id) REFERENCES publication (id), 
	CONSTRAINT uq_digest_public_id UNIQUE (public_id), 
	CONSTRAINT uq_digest_publication_id_cadence_topics_form_after_through_begun_after UNIQUE (publication_id, cadence, topics, form, "after", through, begun_after)
);
CREATE TABLE issue (
	id INTEGER NOT NULL, 
	publication_id INTEGER NOT NULL, 
	"key" VARCHAR(80) NOT NULL, 
	tag TEXT NOT NULL, 
	day DATE NOT NULL, 
	place INTEGER NOT NULL, 
	language VARCHAR(35) NOT NULL, 
	masthead JSON NOT NULL, 
	number INTEGER, 
	dated DATE, 
	backfilled BOOLEAN DEFAULT 0 NOT NULL, 
	rev INTEGER NOT NULL, 
	published_rev INTEGER, 
	published_at DATETIME NOT NULL, 
	updated_at DATETIME NOT NULL, 
	state VARCHAR(16) NOT NULL, 
	attempts INTEGER DEFAULT '0' NOT NULL, 
	not_before DATETIME, 
	error TEXT, 
	CONSTRAINT pk_issue PRIMARY KEY (id), 
	CONSTRAINT ck_issue_state CHECK (state IN ('pending', 'published', 'held')), 
	CONSTRAINT fk_issue_publication_id FOREIGN KEY(publication_id) REFERENCES publication (id), 
	CONSTRAINT uq_issue_publication_id_day_place UNIQUE (publication_id, day, place), 
	CONSTRAINT uq_issue_publication_id_key UNIQUE (publication_id, "key"), 
	CONSTRAINT uq_issue_tag UNIQUE (tag)
);
CREATE TABLE month (
	publication_id INTEGER NOT NULL, 
	month DATE NOT NULL, 
	issues INTEGER NOT NULL, 
	updated_at DATETIME NOT NULL, 
	CONSTRAINT pk_month PRIMARY KEY (publication_id, month), 
	CONSTRAINT fk_month_publication_id FOREIGN KEY(publication_id) REFERENCES publication (id)
);
CREATE TABLE notice (
	id INTEGER NOT NULL, 
	kind VARCHAR(16) DEFAULT 'office' NOT NULL, 
	publication_id INTEGER, 
	recipient TEXT NOT NULL, 
	subject TEXT NOT NULL, 
	text TEXT NOT NULL, 
	html TEXT DEFAULT '' NOT NULL, 
	message_id TEXT NOT NULL, 
	created_at DATETIME NOT NULL, 
	state VARCHAR(16) NOT NULL, 
	attempts INTEGER DEFAULT '0' NOT NULL, 
	not_before DATETIME, 
	error TEXT, 
	CONSTRAINT pk_notice PRIMARY KEY (id), 
	CONSTRAINT ck_notice_kind CHECK (kind IN ('office', 'alarm', 'webhook', 'confirm', 'known', 'address', 'moved', 'export')), 
	CONSTRAINT ck_notice_state CHECK (state IN ('pending', 'sent', 'failed')), 
	CONSTRAINT fk_notice_publication_id FOREIGN KEY(publication_id) REFERENCES publication (id), 
	CONSTRAINT uq_notice_message_id UNIQUE (message_id)
);
CREATE TABLE source (
	id INTEGER NOT NULL, 
	publication_id INTEGER NOT NULL, 
	"key" VARCHAR(64) NOT NULL, 
	sha256 VARCHAR(64) NOT NULL, 
	name TEXT NOT NULL, 
	sidecar BLOB, 
	modified DATETIME, 
	dropped_at DATETIME NOT NULL, 
	reason JSON, 
	state VARCHAR(16) NOT NULL, 
	attempts INTEGER DEFAULT '0' NOT NULL, 
	not_before DATETIME, 
	error TEXT, 
	CONSTRAINT pk_source PRIMARY KEY (id), 
	CONSTRAINT ck_source_state CHECK (state IN ('pending', 'done', 'held', 'rejected')), 
	CONSTRAINT fk_source_publication_id FOREIGN KEY(publication_id) REFERENCES publication (id), 
	CONSTRAINT uq_source_publication_id_key UNIQUE (publication_id, "key")
);
CREATE TABLE subscription (
	subscriber_id INTEGER NOT NULL, 
	publication_id INTEGER NOT NULL, 
	state VARCHAR(16) NOT NULL, 
	cadence VARCHAR(16) NOT NULL, 
	send_at VARCHAR(5), 
	weekday INTEGER DEFAULT '0' NOT NULL, 
	timezone VARCHAR(64), 
	quiet_from VARCHAR(5), 
	quiet_to VARCHAR(5), 
	topics TEXT DEFAULT '' NOT NULL, 
	form VARCHAR(16) DEFAULT 'full' NOT NULL, 
	paused_until DATETIME, 
	due_at DATETIME, 
	sent_through INTEGER NOT NULL, 
	begun_after INTEGER DEFAULT '0' NOT NULL, 
	created_at DATETIME NOT NULL, 
	ended_at DATETIME, 
	CONSTRAINT pk_subscription PRIMARY KEY (subscriber_id, publication_id), 
	CONSTRAINT ck_subscription_cadence CHECK (cadence IN ('issue', 'daily', 'weekly')), 
	CONSTRAINT ck_subscription_state CHECK (state IN ('pending', 'active', 'unsubscribed')), 
	CONSTRAINT fk_subscription_publication_id FOREIGN KEY(publication_id) REFERENCES publication (id), 
	CONSTRAINT fk_subscription_subscriber_id FOREIGN KEY(subscriber_id) REFERENCES subscriber (id)
);
CREATE TABLE term (
	publication_id INTEGER NOT NULL, 
	term TEXT NOT NULL, 
	articles INTEGER NOT NULL, 
	learned INTEGER NOT NULL, 
	CONSTRAINT pk_term PRIMARY KEY (publication_id, term), 
	CONSTRAINT fk_term_publication_id FOREIGN KEY(publication_id) REFERENCES publication (id)
);
CREATE TABLE article (
	id INTEGER NOT NULL, 
	publication_id INTEGER NOT NULL, 
	issue_id INTEGER NOT NULL, 
	ordinal INTEGER NOT NULL, 
	tag TEXT NOT NULL, 
	day DATE NOT NULL, 
	place INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	rev INTEGER NOT NULL, 
	published_at DATETIME NOT NULL, 
	updated_at DATETIME NOT NULL, 
	sequence INTEGER, 
	public BOOLEAN DEFAULT 0 NOT NULL, 
	note TEXT, 
	title TEXT NOT NULL, 
	brief TEXT NOT NULL, 
	withdrawn_at DATETIME, 
	withdrawn_reason TEXT, 
	withdrawn_by VARCHAR(16), 
	content JSON NOT NULL, 
	CONSTRAINT pk_article PRIMARY KEY (id), 
	CONSTRAINT fk_article_issue_id FOREIGN KEY(issue_id) REFERENCES issue (id), 
	CONSTRAINT fk_article_publication_id FOREIGN KEY(publication_id) REFERENCES publication (id), 
	CONSTRAINT uq_article_issue_id_ordinal UNIQUE (issue_id, ordinal), 
	CONSTRAINT uq_article_publication_id_day_place UNIQUE (publication_id, day, place), 
	CONSTRAINT uq_article_publication_id_sequence UNIQUE (publication_id, sequence), 
	CONSTRAINT uq_article_tag UNIQUE (tag)
);
CREATE TABLE delivery (
	id INTEGER NOT NULL, 
	digest_id INTEGER NOT NULL, 
	subscriber_id INTEGER, 
	message_id TEXT NOT NULL, 
	created_at DATETIME NOT NULL, 
	done_at DATETIME, 
	mailer INTEGER, 
	state VARCHAR(16) NOT NULL, 
	attempts INTEGER DEFAULT '0' NOT NULL, 
	not_before DATETIME, 
	error TEXT, 
	CONSTRAINT pk_delivery PRIMARY KEY (id), 
	CONSTRAINT ck_delivery_state CHECK (state IN ('pending', 'claimed', 'data', 'sent', 'failed', 'uncertain', 'cancelled')), 
	CONSTRAINT fk_delivery_digest_id FOREIGN KEY(digest_id) REFERENCES digest (id), 
	CONSTRAINT fk_delivery_subscriber_id FOREIGN KEY(subscriber_id) REFERENCES subscriber (id), 
	CONSTRAINT uq_delivery_digest_id_subscriber_id UNIQUE (digest_id, subscriber_id), 
	CONSTRAINT uq_delivery_message_id UNIQUE (message_id)
);
CREATE TABLE "drop" (
	claim_id VARCHAR(64) NOT NULL, 
	publication_id INTEGER NOT NULL, 
	source_id INTEGER, 
	name TEXT NOT NULL, 
	outcome VARCHAR(16) NOT NULL, 
	words TEXT NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_drop PRIMARY KEY (claim_id), 
	CONSTRAINT fk_drop_publication_id FOREIGN KEY(publication_id) REFERENCES publication (id), 
	CONSTRAINT fk_drop_source_id FOREIGN KEY(source_id) REFERENCES source (id)
);
CREATE TABLE entry (
	issue_id INTEGER NOT NULL, 
	place INTEGER NOT NULL, 
	tag TEXT NOT NULL, 
	updated_at DATETIME NOT NULL, 
	size INTEGER NOT NULL, 
	forms BLOB NOT NULL, 
	CONSTRAINT pk_entry PRIMARY KEY (issue_id, place), 
	CONSTRAINT fk_entry_issue_id FOREIGN KEY(issue_id) REFERENCES issue (id)
);
CREATE TABLE issue_revision (
	id INTEGER NOT NULL, 
	issue_id INTEGER NOT NULL, 
	rev INTEGER NOT NULL, 
	source_id INTEGER NOT NULL, 
	state VARCHAR(16) NOT NULL, 
	parsed JSON NOT NULL, 
	created_at DATETIME NOT NULL, 
	CONSTRAINT pk_issue_revision PRIMARY KEY (id), 
	CONSTRAINT ck_issue_revision_state CHECK (state IN ('applied', 'held', 'refused')), 
	CONSTRAINT fk_issue_revision_issue_id FOREIGN KEY(issue_id) REFERENCES issue (id), 
	CONSTRAINT fk_issue_revision_source_id FOREIGN KEY(source_id) REFERENCES source (id), 
	CONSTRAINT uq_issue_revision_issue_id_rev UNIQUE (issue_id, rev), 
	CONSTRAINT uq_issue_revision_issue_id_source_id UNIQUE (issue_id, source_id)
);
CREATE TABLE bounce (
	id INTEGER NOT NULL, 
	delivery_id INTEGER NOT NULL, 
	mail VARCHAR(64), 
	verdict VARCHAR(16) NOT NULL, 
	status VARCHAR(16), 
	diagnostic TEXT NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_bounce PRIMARY KEY (id), 
	CONSTRAINT ck_bounce_verdict CHECK (verdict IN ('hard', 'soft', 'delayed', 'throttle', 'policy', 'complaint', 'none')), 
	CONSTRAINT fk_bounce_delivery_id FOREIGN KEY(delivery_id) REFERENCES delivery (id) ON DELETE CASCADE, 
	CONSTRAINT uq_bounce_delivery_id_mail UNIQUE (delivery_id, mail)
);
CREATE TABLE correction (
	id INTEGER NOT NULL, 
	publication_id INTEGER NOT NULL, 
	article_id INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	sequence INTEGER, 
	CONSTRAINT pk_correction PRIMARY KEY (id), 
	CONSTRAINT fk_correction_article_id FOREIGN KEY(article_id) REFERENCES article (id), 
	CONSTRAINT fk_correction_publication_id FOREIGN KEY(publication_id) REFERENCES publication (id), 
	CONSTRAINT uq_correction_publication_id_sequence UNIQUE (publication_id, sequence)
);
CREATE TABLE picture (
	article_id INTEGER NOT NULL, 
	path VARCHAR(64) NOT NULL, 
	current BOOLEAN NOT NULL, 
	CONSTRAINT pk_picture PRIMARY KEY (article_id, path), 
	CONSTRAINT fk_picture_article_id FOREIGN KEY(article_id) REFERENCES article (id)
);
CREATE TABLE related (
	article_id INTEGER NOT NULL, 
	other_id INTEGER NOT NULL, 
	place INTEGER NOT NULL, 
	CONSTRAINT pk_related PRIMARY KEY (article_id, other_id), 
	CONSTRAINT fk_related_article_id FOREIGN KEY(article_id) REFERENCES article (id), 
	CONSTRAINT fk_related_other_id FOREIGN KEY(other_id) REFERENCES article (id)
);
CREATE TABLE search_entry (
	id INTEGER NOT NULL, 
	article_id INTEGER, 
	publication_id INTEGER NOT NULL, 
	section VARCHAR(64), 
	label TEXT, 
	mark VARCHAR(32) NOT NULL, 
	CONSTRAINT pk_search_entry PRIMARY KEY (id), 
	CONSTRAINT fk_search_entry_article_id FOREIGN KEY(article_id) REFERENCES article (id), 
	CONSTRAINT fk_search_entry_publication_id FOREIGN KEY(publication_id) REFERENCES publication (id), 
	CONSTRAINT uq_search_entry_article_id UNIQUE (article_id)
);
CREATE TABLE topic (
	article_id INTEGER NOT NULL, 
	kind VARCHAR(16) NOT NULL, 
	name VARCHAR(64) NOT NULL, 
	publication_id INTEGER NOT NULL, 
	label TEXT NOT NULL, 
	published_at DATETIME NOT NULL, 
	weight FLOAT NOT NULL, 
	current BOOLEAN NOT NULL, 
	place INTEGER, 
	CONSTRAINT pk_topic PRIMARY KEY (article_id, kind, name), 
	CONSTRAINT ck_topic_kind CHECK (kind IN ('section', 'keyword', 'own_keyword')), 
	CONSTRAINT fk_topic_article_id FOREIGN KEY(article_id) REFERENCES article (id), 
	CONSTRAINT fk_topic_publication_id FOREIGN KEY(publication_id) REFERENCES publication (id)
);
INSERT INTO "alembic_version" VALUES ('0001');
INSERT INTO "blob" VALUES ('e168fe603b1a9392206c17885ef643b320eaa67286e8745ff216587d5a391632', 'boat.png');
INSERT INTO "blob" VALUES ('56c70387b880bedf31074524d3e33d7668f048a3f2d2a9d5ea693f7f19ae4893', 'boat.png');
INSERT INTO "fact" VALUES ('authority', 'paper.example');
INSERT INTO "fact" VALUES ('since', '2026-11-20');
INSERT INTO "fact" VALUES ('boot', '5f94cfc0-a879-4ca5-bd13-d0372307c96a');
INSERT INTO "ping" VALUES (1, 'https://paper.example/feed.xml', '2026-11-20 06:00:00.000000', 'pending', 0, NULL, NULL);
INSERT INTO "ping" VALUES (2, 'https://paper.example/atom.xml', '2026-11-20 06:00:00.000000', 'pending', 0, NULL, NULL);
INSERT INTO "ping" VALUES (3, 'https://paper.example/feed.json', '2026-11-20 06:00:00.000000', 'pending', 0, NULL, NULL);
INSERT INTO "ping" VALUES (4, 'https://paper.example/feeds/issues/feed.xml', '2026-11-20 06:00:00.000000', 'pending', 0, NULL, NULL);
INSERT INTO "ping" VALUES (5, 'https://paper.example/feeds/issues/atom.xml', '2026-11-20 06:00:00.000000', 'pending', 0, NULL, NULL);
INSERT INTO "ping" VALUES (6, 'https://paper.example/feeds/issues/feed.json', '2026-11-20 06:00:00.000000', 'pending', 0, NULL, NULL);
INSERT INTO "publication" VALUES (1, 'paper', 3, 3, 0, 0, '6bceda9d957de138b739d55df284d6e69ec9095c58d9a1737328fb27a2ab7056', 'https://paper.example/');
INSERT INTO "subscriber" VALUES (1, '0f0bb0107b215364', 'reader@example.org', 'reader@example.org', 'active', 1, '2026-11-20 04:00:00.000000', NULL);
INSERT INTO "subscriber" VALUES (2, '03f9f67ac5129e49', 'leaver@example.org', 'leaver@example.org', 'active', 1, '2026-11-20 04:00:00.000000', NULL);
INSERT INTO "suppression" VALUES ('4104ed46f9f5ce3abf1e0aaa8a3a8d15ec051c73f5c5b0590c0f4645ca6f21bc', 'manual', '2026-11-20 04:00:00.000000');
INSERT INTO "consent" VALUES (1, 1, 1, 'added', '2026-11-20 04:00:00.000000', 'office', '');
INSERT INTO "consent" VALUES (2, 2, 1, 'added', '2026-11-20 04:00:00.000000', 'office', '');
INSERT INTO "consent" VALUES (3, 2, 1, 'unsubscribed', '2026-11-20 07:00:00.000000', 'office', '');
INSERT INTO "digest" VALUES (1, '2ca462c1b49056ea', 1, 'issue', '', 'full', 2, 3, 0, '《南浔渡口报》简报 · 11月20日：白鹭湖水质首次达到二类', '<!DOCTYPE html><html lang="zh-CN"><head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<meta name="format-detection" content="telephone=no, date=no, address=no, email=no">
<title>《南浔渡口报》简报 · 11月20日：白鹭湖水质首次达到二类</title>

<!--[if mso]><style>td, p, a, span { font-family: "Microsoft YaHei", Arial, sans-serif; } h1, h2, h3, h4, h1 a, h2 a, h3 a, h4 a { font-family: SimSun, Georgia, serif; }</style><![endif]-->
<style data-css-inline="keep">
@media (prefers-color-scheme: dark) {
  .desk { background-color: #100f0e !important; color: #e7e2d9 !important; }
  .preheader { color: #100f0e !important; }
  .sheet { background-color: #1b1a17 !important; }
  .ink { color: #e7e2d9 !important; }
  .imprint, .counts, .caption, .kicker, .subheadline, .keywords, .address, .small, .soft { color: #b0a99c !important; }
  .accent, .place, .greeting { color: #ee938b !important; }
  .day { border-top-color: #e7e2d9 !important; background-color: #24221e !important; }
  .overview, .section { border-top-color: #e7e2d9 !important; border-bottom-color: #3d3a34 !important; }
  .next { border-top-color: #2d2b26 !important; }
  .rest { border-top-color: #3d3a34 !important; }
  .colophon { border-top-color: #e7e2d9 !important; }
  .image { background-color: #2a2823 !important; color: #b0a99c !important; }
}
@media (max-width: 480px) {
  .around { padding: 0 !important; }
  .inset { padding: 0 18px !important; }
  .masthead { padding: 26px 0 13px 0 !important; }
  .photo { padding-top: 20px !important; }
  .lead { padding: 20px 0 26px 0 !important; }
  .nameplate { font-size: 36px !important; line-height: 46px !important; }
  .long { font-size: 26px !important; line-height: 36px !important; }
  .second { font-size: 22px !important; line-height: 31px !important; }
  .first { font-size: 26px !important; line-height: 36px !important; }
}
</style>
</head>
<body class="desk" style="margin:0;padding:0;background-color:#f1ede5;color:#1d1b18;font-family:-apple-system, ''PingFang SC'', ''Microsoft YaHei'', ''Noto Sans CJK SC'', sans-serif;-webkit-text-size-adjust:100%">
<div class="preheader" style="display:none;max-height:0;overflow:hidden;font-size:1px;line-height:1px;color:#f1ede5;mso-hide:all">市水务局昨天公布的数据显示，十月白鹭湖水质首次达到二类。三年来，当地投入一点二亿元清淤，栽种柳树五千株。</div>
<table class="desk" role="presentation" bgcolor="#f1ede5" width="100%" cellpadding="0" cellspacing="0" border="0" style="margin:0;padding:0;background-color:#f1ede5;color:#1d1b18;font-family:-apple-system, ''PingFang SC'', ''Microsoft YaHei'', ''Noto Sans CJK SC'', sans-serif;-webkit-text-size-adjust:100%">
<tbody><tr>
<td class="around" align="center" style="padding:24px 8px">
<!--[if mso]><table role="presentation" width="640" cellpadding="0" cellspacing="0" border="0"><tr><td><![endif]-->
<table class="sheet" role="presentation" bgcolor="#fffefb" width="100%" cellpadding="0" cellspacing="0" border="0" style="width:100%;max-width:640px;background-color:#fffefb;text-align:left;word-break:break-word">
<tbody><tr>
<td class="inset" style="padding:0 24px">
<table class="rows" role="presentation" border="0" width="100%" cellpadding="0" cellspacing="0" style="width:100%">
<tbody><tr>
<td class="masthead" align="center" style="padding:34px 0 16px 0;text-align:center">
<h1 class="nameplate" style="margin:0;padding:0;font-family:''Songti SC'', STSong, ''Noto Serif CJK SC'', ''Source Han Serif SC'', SimSun, serif;font-size:42px;line-height:54px;font-weight:900;letter-spacing:6px;text-indent:6px"><a class="accent" href="https://paper.example/2026/11/20/" style="text-decoration:none;color:#9b1c1f">南浔渡口报</a></h1>
<p class="imprint parted" style="padding:0;margin:8px 0 0 0;color:#5f594f;font-size:14px;line-height:22px;word-break:keep-all;word-wrap:break-word;overflow-wrap:anywhere">2026年11月20日 星期五 第89期</p>
</td>
</tr>
<tr>
<td class="overview" align="center" style="padding:11px 0 12px 0;border-top:3px double #1d1b18;border-bottom:1px solid #d8d2c6;text-align:center">
<p class="glance" style="margin:0;padding:0;font-size:15px;line-height:25px">本期 1 篇：白鹭湖水质首次达到二类</p>
<p class="counts" style="padding:0;margin:3px 0 0 0;color:#5f594f;font-size:13px;line-height:21px"><a class="soft" href="https://paper.example/2026/11/20/" style="text-decoration:underline;color:#5f594f">在浏览器中阅读</a></p>
</td>
</tr>
<tr>
<td class="lead" style="padding:24px 0 30px 0">
<h2 class="headline first" style="margin:0;padding:0;font-family:''Songti SC'', STSong, ''Noto Serif CJK SC'', ''Source Han Serif SC'', SimSun, serif;font-weight:700;font-size:30px;line-height:41px"><a class="ink" href="https://paper.example/2026/11/20/1/" style="text-decoration:none;color:#1d1b18">白鹭湖水质首次达到二类</a></h2>
<p class="summary" style="padding:0;margin:9px 0 0 0;font-size:16px;line-height:29px">市水务局昨天公布的数据显示，十月白鹭湖水质首次达到二类。三年来，当地投入一点二亿元清淤，栽种柳树五千株。</p>
<p class="keywords" style="padding:0;margin:8px 0 0 0;color:#5f594f;font-size:13px;line-height:20px">白鹭湖水质&nbsp;· 水务局&nbsp;· 清淤&nbsp;· 栽种</p>

<p class="onward" style="padding:0;margin:14px 0 0 0;font-size:15px;line-height:24px;font-weight:600"><a class="accent" href="https://paper.example/2026/11/20/1/" style="text-decoration:none;color:#9b1c1f">阅读全文&nbsp;→</a></p>
</td>
</tr>
<tr>
<td class="colophon" style="padding:18px 0 30px 0;border-top:3px double #1d1b18">
<p class="small" style="padding:0;margin:0 0 7px 0;color:#5f594f;font-size:13px;line-height:21px">你收到这封信，是因为这个邮箱订阅了《南浔渡口报》简报。</p>
<p class="small" style="padding:0;margin:0 0 7px 0;color:#5f594f;font-size:13px;line-height:21px"><a class="soft" href="https://preferences.invalid/⁠" style="text-decoration:underline;color:#5f594f">修改订阅设置</a> <a class="soft" href="https://unsubscribe.invalid/⁠" style="text-decoration:underline;color:#5f594f">退订</a> <a class="soft" href="https://paper.example/2026/11/20/" style="text-decoration:underline;color:#5f594f">在浏览器中阅读</a></p>
</td>
</tr>
</tbody></table>
</td>
</tr>
</tbody></table>
<!--[if mso]></td></tr></table><![endif]-->
</td>
</tr>
</tbody></table>


</body></html>', '《南浔渡口报》简报
2026年11月20日 星期五 第89期

本期 1 篇：白鹭湖水质首次达到二类

在浏览器中阅读
https://paper.example/2026/11/20/

========================================

白鹭湖水质首次达到二类

市水务局昨天公布的数据显示，十月白鹭湖水质首次达到二类。三年来，当地投入
一点二亿元清淤，栽种柳树五千株。
关键词 白鹭湖水质 · 水务局 · 清淤 · 栽种
https://paper.example/2026/11/20/1/

========================================

你收到这封信，是因为这个邮箱订阅了《南浔渡口报》简报。
修改订阅设置
https://preferences.invalid/⁠
退订
https://unsubscribe.invalid/⁠
', 2, '2026-11-20 04:00:00.000000', NULL, 'ready', 0, NULL, NULL);
INSERT INTO "issue" VALUES (1, 1, '88', 'tag:paper.example,2026-11-20:paper/88', '2026-11-19', 1, 'zh-Hans', '{"title": "\u5357\u6d54\u6e21\u53e3\u62a5", "date": "2026-11-19", "date_origin": "masthead", "weekday": "\u661f\u671f\u56db", "lunar_date": null, "number": 88, "page_count": null, "url": null, "email": null}', 88, '2026-11-19', 0, 2, 2, '2026-11-18 22:00:00.000000', '2026-11-20 06:00:00.000000', 'published', 0, '2026-11-18 22:00:00.000000', NULL);
INSERT INTO "issue" VALUES (2, 1, '89', 'tag:paper.example,2026-11-20:paper/89', '2026-11-20', 1, 'zh-Hans', '{"title": "\u5357\u6d54\u6e21\u53e3\u62a5", "date": "2026-11-20", "date_origin": "masthead", "weekday": "\u661f\u671f\u4e94", "lunar_date": null, "number": 89, "page_count": null, "url": null, "email": null}', 89, '2026-11-20', 0, 2, 2, '2026-11-19 22:00:00.000000', '2026-11-20 04:00:00.000000', 'published', 0, '2026-11-19 22:00:00.000000', NULL);
INSERT INTO "month" VALUES (1, '2026-11-01', 2, '2026-11-20 06:00:00.000000');
INSERT INTO "notice" VALUES (1, 'office', NULL, 'editor@paper.example', 'a.zip：已收录。', 'a.zip：已收录。
南浔渡口报  2026-11-19  星期四  第88期
日期取自报头。
发布时间：2026-11-19 06:00

共 2 篇：https://paper.example/2026/11/19/
  1. 老渡口恢复摆渡
     https://paper.example/2026/11/19/1/
  2. 镇图书馆新添三千册书
     https://paper.example/2026/11/19/2/

要更正：改好这份文件，再放进收件夹。文章按内容对应，网址不变；文件里没有了的文章会撤回。
', '', '<f1342f3a6c2c40938bf56dc8ea5c41e1@paper.example>', '2026-11-20 04:00:00.000000', 'sent', 1, NULL, NULL);
INSERT INTO "notice" VALUES (2, 'office', NULL, 'editor@paper.example', 'b.md：已收录。', 'b.md：已收录。
南浔渡口报  2026-11-20  星期五  第89期
日期取自报头。
发布时间：2026-11-20 06:00

共 1 篇：https://paper.example/2026/11/20/
  1. 白鹭湖水质首次达到二类
     https://paper.example/2026/11/20/1/

要更正：改好这份文件，再放进收件夹。文章按内容对应，网址不变；文件里没有了的文章会撤回。
', '', '<dc1c9a14708449f69d279f29ea199a77@paper.example>', '2026-11-20 04:00:00.000000', 'sent', 1, NULL, NULL);
INSERT INTO "notice" VALUES (3, 'office', NULL, 'editor@paper.example', 'empty.txt：没有收录。', 'empty.txt：没有收录。

文件是空的，或者只有空白。请检查导出的内容，再放入。
', '', '<452b251de5d242c285672d11a9e78026@paper.example>', '2026-11-20 04:00:00.000000', 'sent', 1, NULL, NULL);
INSERT INTO "notice" VALUES (4, 'office', NULL, 'editor@paper.example', 'c.md：已更正，网址和编号不变。', 'c.md：已更正，网址和编号不变。
南浔渡口报  2026-11-20  星期五  第89期
日期取自报头。
https://paper.example/2026/11/20/

有改动 1 篇：
  - 白鹭湖水质首次达到二类

要更正：改好这份文件，再放进收件夹。文章按内容对应，网址不变；文件里没有了的文章会撤回。
', '', '<0b5e2a2519f445e1a2daf11c590157c9@paper.example>', '2026-11-20 04:00:00.000000', 'sent', 1, NULL, NULL);
INSERT INTO "notice" VALUES (5, 'office', NULL, 'editor@paper.example', 'c.md：这份文件以前收过，内容完全相同，什么也没有改动。', 'c.md：这份文件以前收过，内容完全相同，什么也没有改动。
南浔渡口报  2026-11-20  星期五  第89期
https://paper.example/2026/11/20/
', '', '<d1cbf0b5eb3b479bbb1467935d33a945@paper.example>', '2026-11-20 05:00:00.000000', 'pending', 0, NULL, NULL);
INSERT INTO "source" VALUES (1, 1, 'c6562dd9d7993d221d69f363153c096c1c1ae87d2b5ac142f8d4a7be2f469678', 'c6562dd9d7993d221d69f363153c096c1c1ae87d2b5ac142f8d4a7be2f469678', 'a.zip', NULL, '2026-11-22 00:07:03.135134', '2026-11-20 04:00:00.000000', 'null', 'done', 0, NULL, NULL);
INSERT INTO "source" VALUES (2, 1, 'af8a9057fec68070aa958117249a094944d8307b8587655999624ae19f9cac10', 'af8a9057fec68070aa958117249a094944d8307b8587655999624ae19f9cac10', 'b.md', NULL, '2026-11-22 00:07:05.706921', '2026-11-20 04:00:00.000000', 'null', 'done', 0, NULL, NULL);
INSERT INTO "source" VALUES (3, 1, 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855', 'empty.txt', NULL, '2026-11-22 00:07:05.740507', '2026-11-20 04:00:00.000000', '{"code": "rejected.empty", "facts": {}}', 'rejected', 0, NULL, NULL);
INSERT INTO "source" VALUES (4, 1, '1b8fd35358c7c2ee4d3b72c0de0fc3d2ee1825b9b0ecad0bafddeca9829aea28', '1b8fd35358c7c2ee4d3b72c0de0fc3d2ee1825b9b0ecad0bafddeca9829aea28', 'c.md', NULL, '2026-11-22 00:07:06.004846', '2026-11-20 04:00:00.000000', 'null', 'done', 0, NULL, NULL);
INSERT INTO "subscription" VALUES (1, 1, 'active', 'issue', NULL, 0, NULL, NULL, NULL, '', 'full', NULL, NULL, 3, 2, '2026-11-20 04:00:00.000000', NULL);
INSERT INTO "subscription" VALUES (2, 1, 'unsubscribed', 'issue', NULL, 0, NULL, NULL, NULL, '', 'full', NULL, NULL, 3, 2, '2026-11-20 04:00:00.000000', '2026-11-20 07:00:00.000000');
INSERT INTO "term" VALUES (1, '一半', 1, 0);
INSERT INTO "term" VALUES (1, '停航', 1, 0);
INSERT INTO "term" VALUES (1, '儿童读物', 1, 0);
INSERT INTO "term" VALUES (1, '免费', 1, 0);
INSERT INTO "term" VALUES (1, '册书', 1, 0);
INSERT INTO "term" VALUES (1, '图书', 1, 0);
INSERT INTO "term" VALUES (1, '图书馆', 1, 0);
INSERT INTO "term" VALUES (1, '开放', 1, 0);
INSERT INTO "term" VALUES (1, '开航', 1, 0);
INSERT INTO "term" VALUES (1, '摆渡', 1, 0);
INSERT INTO "term" VALUES (1, '收航', 1, 0);
INSERT INTO "term" VALUES (1, '新添', 1, 0);
INSERT INTO "term" VALUES (1, '本月', 1, 0);
INSERT INTO "term" VALUES (1, '林晓棠', 2, 0);
INSERT INTO "term" VALUES (1, '每天', 1, 0);
INSERT INTO "term" VALUES (1, '沈归舟', 1, 0);
INSERT INTO "term" VALUES (1, '渡口', 1, 0);
INSERT INTO "term" VALUES (1, '票价', 1, 0);
INSERT INTO "term" VALUES (1, '老人', 1, 0);
INSERT INTO "term" VALUES (1, '行人', 1, 0);
INSERT INTO "term" VALUES (1, '运送', 1, 0);
INSERT INTO "term" VALUES (1, '二类', 1, 0);
INSERT INTO "term" VALUES (1, '千株', 1, 0);
INSERT INTO "term" VALUES (1, '柳树', 1, 0);
INSERT INTO "term" VALUES (1, '栽种', 1, 0);
INSERT INTO "term" VALUES (1, '水务局', 1, 0);
INSERT INTO "term" VALUES (1, '水质', 1, 0);
INSERT INTO "term" VALUES (1, '清淤', 1, 0);
INSERT INTO "term" VALUES (1, '白鹭', 1, 0);
INSERT INTO "term" VALUES (1, '首次', 1, 0);
INSERT INTO "article" VALUES (1, 1, 1, 1, 'tag:paper.example,2026-11-20:paper/88/1', '2026-11-19', 1, 1, 1, '2026-11-18 22:00:01.000000', '2026-11-18 22:00:01.000000', 1, 1, NULL, '老渡口恢复摆渡', '11月18日，停航五年的老渡口恢复摆渡，首日运送行人三百二十人次。', NULL, NULL, NULL, '{"kind": "news", "label": null, "kicker": null, "headline": "\u8001\u6e21\u53e3\u6062\u590d\u6446\u6e21", "subheadline": null, "lede": null, "page": null, "section": null, "dateline": {"place": null, "date": "11-18", "agency": "\u672c\u62a5"}, "authors": [{"role": "\u8bb0\u8005", "name": "\u6797\u6653\u68e0"}], "paragraphs": ["\u672c\u62a5\u8baf\uff08\u8bb0\u8005 \u6797\u6653\u68e0\uff0911\u670818\u65e5\uff0c\u505c\u822a\u4e94\u5e74\u7684\u8001\u6e21\u53e3\u6062\u590d\u6446\u6e21\uff0c\u9996\u65e5\u8fd0\u9001\u884c\u4eba\u4e09\u767e\u4e8c\u5341\u4eba\u6b21\u3002", "\u6e21\u53e3\u6bcf\u5929\u65e9\u4e0a\u516d\u70b9\u5f00\u822a\uff0c\u665a\u4e0a\u4e03\u70b9\u6536\u822a\uff0c\u7968\u4ef7\u4e00\u5143\u3002\u516d\u5341\u4e94\u5c81\u4ee5\u4e0a\u8001\u4eba\u514d\u8d39\u3002"], "crossheads": [], "pictures": [], "keywords": [{"term": "\u6e21\u53e3", "score": 1.0}, {"term": "\u6446\u6e21", "score": 0.3284}, {"term": "\u7968\u4ef7", "score": 0.1792}, {"term": "\u884c\u4eba", "score": 0.1503}], "summary": ["11\u670818\u65e5\uff0c\u505c\u822a\u4e94\u5e74\u7684\u8001\u6e21\u53e3\u6062\u590d\u6446\u6e21\uff0c\u9996\u65e5\u8fd0\u9001\u884c\u4eba\u4e09\u767e\u4e8c\u5341\u4eba\u6b21\u3002", "\u6e21\u53e3\u6bcf\u5929\u65e9\u4e0a\u516d\u70b9\u5f00\u822a\uff0c\u665a\u4e0a\u4e03\u70b9\u6536\u822a\uff0c\u7968\u4ef7\u4e00\u5143\u3002"], "rank": 1, "confidence": 1.0}');
INSERT INTO "article" VALUES (2, 1, 1, 2, 'tag:paper.example,2026-11-20:paper/88/2', '2026-11-19', 2, 2, 2, '2026-11-18 22:00:00.000000', '2026-11-18 22:00:00.000000', 2, 1, NULL, '镇图书馆新添三千册书', '镇图书馆本月新添图书三千册，其中儿童读物占一半。', '2026-11-20 06:00:00.000000', '数字有误', 'editor', '{"kind": "news", "label": null, "kicker": null, "headline": "\u9547\u56fe\u4e66\u9986\u65b0\u6dfb\u4e09\u5343\u518c\u4e66", "subheadline": null, "lede": null, "page": null, "section": null, "dateline": {"place": null, "date": null, "agency": "\u672c\u62a5"}, "authors": [{"role": "\u8bb0\u8005", "name": "\u6c88\u5f52\u821f"}], "paragraphs": ["\u672c\u62a5\u8baf\uff08\u8bb0\u8005 \u6c88\u5f52\u821f\uff09\u9547\u56fe\u4e66\u9986\u672c\u6708\u65b0\u6dfb\u56fe\u4e66\u4e09\u5343\u518c\uff0c\u5176\u4e2d\u513f\u7ae5\u8bfb\u7269\u5360\u4e00\u534a\u3002", "\u56fe\u4e66\u9986\u5468\u672b\u5f00\u653e\u65f6\u95f4\u5ef6\u957f\u5230\u665a\u4e0a\u4e5d\u70b9\u3002"], "crossheads": [], "pictures": [{"name": "boat.png", "caption": "\u6e21\u8239", "credit": null, "original": "e168fe603b1a9392206c17885ef643b320eaa67286e8745ff216587d5a391632", "sizes": [{"sha256": "56c70387b880bedf31074524d3e33d7668f048a3f2d2a9d5ea693f7f19ae4893", "media_type": "image/png", "width": 900, "height": 600, "length": 666}]}], "keywords": [{"term": "\u9547\u56fe\u4e66\u9986", "score": 1.0}, {"term": "\u65b0\u6dfb", "score": 0.3564}, {"term": "\u513f\u7ae5\u8bfb\u7269", "score": 0.2504}, {"term": "\u56fe\u4e66", "score": 0.1725}], "summary": ["\u9547\u56fe\u4e66\u9986\u672c\u6708\u65b0\u6dfb\u56fe\u4e66\u4e09\u5343\u518c\uff0c\u5176\u4e2d\u513f\u7ae5\u8bfb\u7269\u5360\u4e00\u534a\u3002", "\u56fe\u4e66\u9986\u5468\u672b\u5f00\u653e\u65f6\u95f4\u5ef6\u957f\u5230\u665a\u4e0a\u4e5d\u70b9\u3002"], "rank": 2, "confidence": 1.0}');
INSERT INTO "article" VALUES (3, 1, 2, 1, 'tag:paper.example,2026-11-20:paper/89/1', '2026-11-20', 1, 1, 2, '2026-11-19 22:00:00.000000', '2026-11-20 04:00:00.000000', 3, 1, NULL, '白鹭湖水质首次达到二类', '市水务局昨天公布的数据显示，十月白鹭湖水质首次达到二类。', NULL, NULL, NULL, '{"kind": "news", "label": null, "kicker": null, "headline": "\u767d\u9e6d\u6e56\u6c34\u8d28\u9996\u6b21\u8fbe\u5230\u4e8c\u7c7b", "subheadline": null, "lede": null, "page": null, "section": null, "dateline": {"place": null, "date": null, "agency": "\u672c\u62a5"}, "authors": [{"role": "\u8bb0\u8005", "name": "\u6797\u6653\u68e0"}], "paragraphs": ["\u672c\u62a5\u8baf\uff08\u8bb0\u8005 \u6797\u6653\u68e0\uff09\u5e02\u6c34\u52a1\u5c40\u6628\u5929\u516c\u5e03\u7684\u6570\u636e\u663e\u793a\uff0c\u5341\u6708\u767d\u9e6d\u6e56\u6c34\u8d28\u9996\u6b21\u8fbe\u5230\u4e8c\u7c7b\u3002", "\u4e09\u5e74\u6765\uff0c\u5f53\u5730\u6295\u5165\u4e00\u70b9\u4e8c\u4ebf\u5143\u6e05\u6de4\uff0c\u683d\u79cd\u67f3\u6811\u4e94\u5343\u682a\u3002"], "crossheads": [], "pictures": [], "keywords": [{"term": "\u767d\u9e6d\u6e56\u6c34\u8d28", "score": 1.0}, {"term": "\u6c34\u52a1\u5c40", "score": 0.121}, {"term": "\u6e05\u6de4", "score": 0.121}, {"term": "\u683d\u79cd", "score": 0.1007}], "summary": ["\u5e02\u6c34\u52a1\u5c40\u6628\u5929\u516c\u5e03\u7684\u6570\u636e\u663e\u793a\uff0c\u5341\u6708\u767d\u9e6d\u6e56\u6c34\u8d28\u9996\u6b21\u8fbe\u5230\u4e8c\u7c7b\u3002", "\u4e09\u5e74\u6765\uff0c\u5f53\u5730\u6295\u5165\u4e00\u70b9\u4e8c\u4ebf\u5143\u6e05\u6de4\uff0c\u683d\u79cd\u67f3\u6811\u4e94\u5343\u682a\u3002"], "rank": 1, "confidence": 1.0}');
INSERT INTO "delivery" VALUES (1, 1, 1, '<2ca462c1b49056ea.0f0bb0107b215364@paper.example>', '2026-11-20 04:00:00.000000', '2026-11-20 04:00:00.018413', 131030797, 'sent', 0, NULL, NULL);
INSERT INTO "delivery" VALUES (2, 1, 2, '<2ca462c1b49056ea.03f9f67ac5129e49@paper.example>', '2026-11-20 04:00:00.000000', '2026-11-20 04:00:00.026715', 131030797, 'sent', 0, NULL, NULL);
INSERT INTO "drop" VALUES ('f1342f3a6c2c40938bf56dc8ea5c41e1', 1, 1, 'a.zip', 'taken', 'a.zip：已收录。
南浔渡口报  2026-11-19  星期四  第88期
日期取自报头。
发布时间：2026-11-19 06:00

共 2 篇：https://paper.example/2026/11/19/
  1. 老渡口恢复摆渡
     https://paper.example/2026/11/19/1/
  2. 镇图书馆新添三千册书
     https://paper.example/2026/11/19/2/

要更正：改好这份文件，再放进收件夹。文章按内容对应，网址不变；文件里没有了的文章会撤回。
', '2026-11-20 04:00:00.000000');
INSERT INTO "drop" VALUES ('dc1c9a14708449f69d279f29ea199a77', 1, 2, 'b.md', 'taken', 'b.md：已收录。
南浔渡口报  2026-11-20  星期五  第89期
日期取自报头。
发布时间：2026-11-20 06:00

共 1 篇：https://paper.example/2026/11/20/
  1. 白鹭湖水质首次达到二类
     https://paper.example/2026/11/20/1/

要更正：改好这份文件，再放进收件夹。文章按内容对应，网址不变；文件里没有了的文章会撤回。
', '2026-11-20 04:00:00.000000');
INSERT INTO "drop" VALUES ('452b251de5d242c285672d11a9e78026', 1, 3, 'empty.txt', 'rejected', 'empty.txt：没有收录。

文件是空的，或者只有空白。请检查导出的内容，再放入。
', '2026-11-20 04:00:00.000000');
INSERT INTO "drop" VALUES ('0b5e2a2519f445e1a2daf11c590157c9', 1, 4, 'c.md', 'corrected', 'c.md：已更正，网址和编号不变。
南浔渡口报  2026-11-20  星期五  第89期
日期取自报头。
https://paper.example/2026/11/20/

有改动 1 篇：
  - 白鹭湖水质首次达到二类

要更正：改好这份文件，再放进收件夹。文章按内容对应，网址不变；文件里没有了的文章会撤回。
', '2026-11-20 04:00:00.000000');
INSERT INTO "drop" VALUES ('d1cbf0b5eb3b479bbb1467935d33a945', 1, 4, 'c.md', 'known', 'c.md：这份文件以前收过，内容完全相同，什么也没有改动。
南浔渡口报  2026-11-20  星期五  第89期
https://paper.example/2026/11/20/
', '2026-11-20 05:00:00.000000');
INSERT INTO "entry" VALUES (2, 0, 'tag:paper.example,2026-11-20:paper/89', '2026-11-20 04:00:00.000000', 1101, X'202020203C6974656D3E0A2020202020203C7469746C653E32303236E5B9B43131E69C883230E697A520E7ACAC3839E69C9F3C2F7469746C653E0A2020202020203C6C696E6B3E68747470733A2F2F70617065722E6578616D706C652F323032362F31312F32302F3C2F6C696E6B3E0A2020202020203C6465736372697074696F6E3EE799BDE9B9ADE6B996E6B0B4E8B4A8E9A696E6ACA1E8BEBEE588B0E4BA8CE7B1BB3C2F6465736372697074696F6E3E0A2020202020203C636F6E74656E743A656E636F6465643E3C215B43444154415B3C703E3C7374726F6E673E3C6120687265663D2268747470733A2F2F70617065722E6578616D706C652F323032362F31312F32302F312F223EE799BDE9B9ADE6B996E6B0B4E8B4A8E9A696E6ACA1E8BEBEE588B0E4BA8CE7B1BB3C2F613E3C2F7374726F6E673E3C62723EE5B882E6B0B4E58AA1E5B180E698A8E5A4A9E585ACE5B883E79A84E695B0E68DAEE698BEE7A4BAEFBC8CE58D81E69C88E799BDE9B9ADE6B996E6B0B4E8B4A8E9A696E6ACA1E8BEBEE588B0E4BA8CE7B1BBE38082E4B889E5B9B4E69DA5EFBC8CE5BD93E59CB0E68A95E585A5E4B880E782B9E4BA8CE4BABFE58583E6B885E6B7A4EFBC8CE6A0BDE7A78DE69FB3E6A091E4BA94E58D83E6A0AAE380823C2F703E5D5D3E3C2F636F6E74656E743A656E636F6465643E0A2020202020203C677569642069735065726D614C696E6B3D2266616C7365223E7461673A70617065722E6578616D706C652C323032362D31312D32303A70617065722F38393C2F677569643E0A2020202020203C707562446174653E5468752C203139204E6F7620323032362032323A30303A3030202B303030303C2F707562446174653E0A202020203C2F6974656D3E0A0020203C656E7472793E0A202020203C69643E7461673A70617065722E6578616D706C652C323032362D31312D32303A70617065722F38393C2F69643E0A202020203C7469746C653E32303236E5B9B43131E69C883230E697A520E7ACAC3839E69C9F3C2F7469746C653E0A202020203C6C696E6B2072656C3D22616C7465726E6174652220747970653D22746578742F68746D6C2220687265663D2268747470733A2F2F70617065722E6578616D706C652F323032362F31312F32302F222F3E0A202020203C7075626C69736865643E323032362D31312D31395432323A30303A30305A3C2F7075626C69736865643E0A202020203C757064617465643E323032362D31312D32305430343A30303A30305A3C2F757064617465643E0A202020203C73756D6D6172793EE799BDE9B9ADE6B996E6B0B4E8B4A8E9A696E6ACA1E8BEBEE588B0E4BA8CE7B1BB3C2F73756D6D6172793E0A202020203C636F6E74656E7420747970653D2268746D6C223E266C743B702667743B266C743B7374726F6E672667743B266C743B6120687265663D2268747470733A2F2F70617065722E6578616D706C652F323032362F31312F32302F312F222667743BE799BDE9B9ADE6B996E6B0B4E8B4A8E9A696E6ACA1E8BEBEE588B0E4BA8CE7B1BB266C743B2F612667743B266C743B2F7374726F6E672667743B266C743B62722667743BE5B882E6B0B4E58AA1E5B180E698A8E5A4A9E585ACE5B883E79A84E695B0E68DAEE698BEE7A4BAEFBC8CE58D81E69C88E799BDE9B9ADE6B996E6B0B4E8B4A8E9A696E6ACA1E8BEBEE588B0E4BA8CE7B1BBE38082E4B889E5B9B4E69DA5EFBC8CE5BD93E59CB0E68A95E585A5E4B880E782B9E4BA8CE4BABFE58583E6B885E6B7A4EFBC8CE6A0BDE7A78DE69FB3E6A091E4BA94E58D83E6A0AAE38082266C743B2F702667743B3C2F636F6E74656E743E0A20203C2F656E7472793E0A000A20207B0A202020226964223A20227461673A70617065722E6578616D706C652C323032362D31312D32303A70617065722F3839222C0A2020202275726C223A202268747470733A2F2F70617065722E6578616D706C652F323032362F31312F32302F222C0A202020227469746C65223A202232303236E5B9B43131E69C883230E697A520E7ACAC3839E69C9F222C0A2020202273756D6D617279223A2022E799BDE9B9ADE6B996E6B0B4E8B4A8E9A696E6ACA1E8BEBEE588B0E4BA8CE7B1BB222C0A20202022636F6E74656E745F68746D6C223A20223C703E3C7374726F6E673E3C6120687265663D5C2268747470733A2F2F70617065722E6578616D706C652F323032362F31312F32302F312F5C223EE799BDE9B9ADE6B996E6B0B4E8B4A8E9A696E6ACA1E8BEBEE588B0E4BA8CE7B1BB3C2F613E3C2F7374726F6E673E3C62723EE5B882E6B0B4E58AA1E5B180E698A8E5A4A9E585ACE5B883E79A84E695B0E68DAEE698BEE7A4BAEFBC8CE58D81E69C88E799BDE9B9ADE6B996E6B0B4E8B4A8E9A696E6ACA1E8BEBEE588B0E4BA8CE7B1BBE38082E4B889E5B9B4E69DA5EFBC8CE5BD93E59CB0E68A95E585A5E4B880E782B9E4BA8CE4BABFE58583E6B885E6B7A4EFBC8CE6A0BDE7A78DE69FB3E6A091E4BA94E58D83E6A0AAE380823C2F703E222C0A20202022646174655F7075626C6973686564223A2022323032362D31312D31395432323A30303A30305A222C0A20202022646174655F6D6F646966696564223A2022323032362D31312D32305430343A30303A30305A220A20207D');
INSERT INTO "entry" VALUES (2, 1, 'tag:paper.example,2026-11-20:paper/89/1', '2026-11-20 04:00:00.000000', 1810, X'202020203C6974656D3E0A2020202020203C7469746C653EE799BDE9B9ADE6B996E6B0B4E8B4A8E9A696E6ACA1E8BEBEE588B0E4BA8CE7B1BB3C2F7469746C653E0A2020202020203C6C696E6B3E68747470733A2F2F70617065722E6578616D706C652F323032362F31312F32302F312F3C2F6C696E6B3E0A2020202020203C6465736372697074696F6E3EE5B882E6B0B4E58AA1E5B180E698A8E5A4A9E585ACE5B883E79A84E695B0E68DAEE698BEE7A4BAEFBC8CE58D81E69C88E799BDE9B9ADE6B996E6B0B4E8B4A8E9A696E6ACA1E8BEBEE588B0E4BA8CE7B1BBE38082E4B889E5B9B4E69DA5EFBC8CE5BD93E59CB0E68A95E585A5E4B880E782B9E4BA8CE4BABFE58583E6B885E6B7A4EFBC8CE6A0BDE7A78DE69FB3E6A091E4BA94E58D83E6A0AAE380823C2F6465736372697074696F6E3E0A2020202020203C636F6E74656E743A656E636F6465643E3C215B43444154415B3C703E3C736D616C6C3EE69BB4E6ADA3E4BA8E2032303236E5B9B43131E69C883230E697A53C2F736D616C6C3E3C2F703E0A3C703EE69CACE68AA5E8AEAFEFBC88E8AEB0E8808520E69E97E69993E6A3A0EFBC89E5B882E6B0B4E58AA1E5B180E698A8E5A4A9E585ACE5B883E79A84E695B0E68DAEE698BEE7A4BAEFBC8CE58D81E69C88E799BDE9B9ADE6B996E6B0B4E8B4A8E9A696E6ACA1E8BEBEE588B0E4BA8CE7B1BBE380823C2F703E0A3C703EE4B889E5B9B4E69DA5EFBC8CE5BD93E59CB0E68A95E585A5E4B880E782B9E4BA8CE4BABFE58583E6B885E6B7A4EFBC8CE6A0BDE7A78DE69FB3E6A091E4BA94E58D83E6A0AAE380823C2F703E0A3C703EE8AEB0E8808520E69E97E69993E6A3A03C2F703E5D5D3E3C2F636F6E74656E743A656E636F6465643E0A2020202020203C677569642069735065726D614C696E6B3D2266616C7365223E7461673A70617065722E6578616D706C652C323032362D31312D32303A70617065722F38392F313C2F677569643E0A2020202020203C63617465676F727920646F6D61696E3D2268747470733A2F2F70617065722E6578616D706C652F236B6579776F7264223EE799BDE9B9ADE6B996E6B0B4E8B4A83C2F63617465676F72793E0A2020202020203C63617465676F727920646F6D61696E3D2268747470733A2F2F70617065722E6578616D706C652F236B6579776F7264223EE6B0B4E58AA1E5B1803C2F63617465676F72793E0A2020202020203C63617465676F727920646F6D61696E3D2268747470733A2F2F70617065722E6578616D706C652F236B6579776F7264223EE6B885E6B7A43C2F63617465676F72793E0A2020202020203C63617465676F727920646F6D61696E3D2268747470733A2F2F70617065722E6578616D706C652F236B6579776F7264223EE6A0BDE7A78D3C2F63617465676F72793E0A2020202020203C707562446174653E5468752C203139204E6F7620323032362032323A30303A3030202B303030303C2F707562446174653E0A2020202020203C64633A63726561746F723EE69E97E69993E6A3A03C2F64633A63726561746F723E0A202020203C2F6974656D3E0A0020203C656E7472793E0A202020203C69643E7461673A70617065722E6578616D706C652C323032362D31312D32303A70617065722F38392F313C2F69643E0A202020203C7469746C653EE799BDE9B9ADE6B996E6B0B4E8B4A8E9A696E6ACA1E8BEBEE588B0E4BA8CE7B1BB3C2F7469746C653E0A202020203C6C696E6B2072656C3D22616C7465726E6174652220747970653D22746578742F68746D6C2220687265663D2268747470733A2F2F70617065722E6578616D706C652F323032362F31312F32302F312F222F3E0A202020203C7075626C69736865643E323032362D31312D31395432323A30303A30305A3C2F7075626C69736865643E0A202020203C757064617465643E323032362D31312D32305430343A30303A30305A3C2F757064617465643E0A202020203C617574686F723E0A2020202020203C6E616D653EE69E97E69993E6A3A03C2F6E616D653E0A202020203C2F617574686F723E0A202020203C63617465676F727920736368656D653D2268747470733A2F2F70617065722E6578616D706C652F236B6579776F726422207465726D3D22E799BDE9B9ADE6B996E6B0B4E8B4A822206C6162656C3D22E799BDE9B9ADE6B996E6B0B4E8B4A8222F3E0A202020203C63617465676F727920736368656D653D2268747470733A2F2F70617065722E6578616D706C652F236B6579776F726422207465726D3D22E6B0B4E58AA1E5B18022206C6162656C3D22E6B0B4E58AA1E5B180222F3E0A202020203C63617465676F727920736368656D653D2268747470733A2F2F70617065722E6578616D706C652F236B6579776F726422207465726D3D22E6B885E6B7A422206C6162656C3D22E6B885E6B7A4222F3E0A202020203C63617465676F727920736368656D653D2268747470733A2F2F70617065722E6578616D706C652F236B6579776F726422207465726D3D22E6A0BDE7A78D22206C6162656C3D22E6A0BDE7A78D222F3E0A202020203C73756D6D6172793EE5B882E6B0B4E58AA1E5B180E698A8E5A4A9E585ACE5B883E79A84E695B0E68DAEE698BEE7A4BAEFBC8CE58D81E69C88E799BDE9B9ADE6B996E6B0B4E8B4A8E9A696E6ACA1E8BEBEE588B0E4BA8CE7B1BBE38082E4B889E5B9B4E69DA5EFBC8CE5BD93E59CB0E68A95E585A5E4B880E782B9E4BA8CE4BABFE58583E6B885E6B7A4EFBC8CE6A0BDE7A78DE69FB3E6A091E4BA94E58D83E6A0AAE380823C2F73756D6D6172793E0A202020203C636F6E74656E7420747970653D2268746D6C223E266C743B702667743B266C743B736D616C6C2667743BE69BB4E6ADA3E4BA8E2032303236E5B9B43131E69C883230E697A5266C743B2F736D616C6C2667743B266C743B2F702667743B0A266C743B702667743BE69CACE68AA5E8AEAFEFBC88E8AEB0E8808520E69E97E69993E6A3A0EFBC89E5B882E6B0B4E58AA1E5B180E698A8E5A4A9E585ACE5B883E79A84E695B0E68DAEE698BEE7A4BAEFBC8CE58D81E69C88E799BDE9B9ADE6B996E6B0B4E8B4A8E9A696E6ACA1E8BEBEE588B0E4BA8CE7B1BBE38082266C743B2F702667743B0A266C743B702667743BE4B889E5B9B4E69DA5EFBC8CE5BD93E59CB0E68A95E585A5E4B880E782B9E4BA8CE4BABFE58583E6B885E6B7A4EFBC8CE6A0BDE7A78DE69FB3E6A091E4BA94E58D83E6A0AAE38082266C743B2F702667743B0A266C743B702667743BE8AEB0E8808520E69E97E69993E6A3A0266C743B2F702667743B3C2F636F6E74656E743E0A20203C2F656E7472793E0A000A20207B0A202020226964223A20227461673A70617065722E6578616D706C652C323032362D31312D32303A70617065722F38392F31222C0A2020202275726C223A202268747470733A2F2F70617065722E6578616D706C652F323032362F31312F32302F312F222C0A202020227469746C65223A2022E799BDE9B9ADE6B996E6B0B4E8B4A8E9A696E6ACA1E8BEBEE588B0E4BA8CE7B1BB222C0A2020202273756D6D617279223A2022E5B882E6B0B4E58AA1E5B180E698A8E5A4A9E585ACE5B883E79A84E695B0E68DAEE698BEE7A4BAEFBC8CE58D81E69C88E799BDE9B9ADE6B996E6B0B4E8B4A8E9A696E6ACA1E8BEBEE588B0E4BA8CE7B1BBE38082E4B889E5B9B4E69DA5EFBC8CE5BD93E59CB0E68A95E585A5E4B880E782B9E4BA8CE4BABFE58583E6B885E6B7A4EFBC8CE6A0BDE7A78DE69FB3E6A091E4BA94E58D83E6A0AAE38082222C0A20202022636F6E74656E745F68746D6C223A20223C703E3C736D616C6C3EE69BB4E6ADA3E4BA8E2032303236E5B9B43131E69C883230E697A53C2F736D616C6C3E3C2F703E5C6E3C703EE69CACE68AA5E8AEAFEFBC88E8AEB0E8808520E69E97E69993E6A3A0EFBC89E5B882E6B0B4E58AA1E5B180E698A8E5A4A9E585ACE5B883E79A84E695B0E68DAEE698BEE7A4BAEFBC8CE58D81E69C88E799BDE9B9ADE6B996E6B0B4E8B4A8E9A696E6ACA1E8BEBEE588B0E4BA8CE7B1BBE380823C2F703E5C6E3C703EE4B889E5B9B4E69DA5EFBC8CE5BD93E59CB0E68A95E585A5E4B880E782B9E4BA8CE4BABFE58583E6B885E6B7A4EFBC8CE6A0BDE7A78DE69FB3E6A091E4BA94E58D83E6A0AAE380823C2F703E5C6E3C703EE8AEB0E8808520E69E97E69993E6A3A03C2F703E222C0A20202022646174655F7075626C6973686564223A2022323032362D31312D31395432323A30303A30305A222C0A20202022646174655F6D6F646966696564223A2022323032362D31312D32305430343A30303A30305A222C0A20202022617574686F7273223A205B0A202020207B0A2020202020226E616D65223A2022E69E97E69993E6A3A0220A202020207D0A2020205D2C0A20202022617574686F72223A207B0A20202020226E616D65223A2022E69E97E69993E6A3A0220A2020207D2C0A2020202274616773223A205B0A2020202022E799BDE9B9ADE6B996E6B0B4E8B4A8222C0A2020202022E6B0B4E58AA1E5B180222C0A2020202022E6B885E6B7A4222C0A2020202022E6A0BDE7A78D220A2020205D0A20207D');
INSERT INTO "entry" VALUES (1, 0, 'tag:paper.example,2026-11-20:paper/88', '2026-11-20 06:00:00.000000', 1081, X'202020203C6974656D3E0A2020202020203C7469746C653E32303236E5B9B43131E69C883139E697A520E7ACAC3838E69C9F3C2F7469746C653E0A2020202020203C6C696E6B3E68747470733A2F2F70617065722E6578616D706C652F323032362F31312F31392F3C2F6C696E6B3E0A2020202020203C6465736372697074696F6E3EE88081E6B8A1E58FA3E681A2E5A48DE69186E6B8A13C2F6465736372697074696F6E3E0A2020202020203C636F6E74656E743A656E636F6465643E3C215B43444154415B3C703E3C7374726F6E673E3C6120687265663D2268747470733A2F2F70617065722E6578616D706C652F323032362F31312F31392F312F223EE88081E6B8A1E58FA3E681A2E5A48DE69186E6B8A13C2F613E3C2F7374726F6E673E3C62723E3131E69C883138E697A5EFBC8CE5819CE888AAE4BA94E5B9B4E79A84E88081E6B8A1E58FA3E681A2E5A48DE69186E6B8A1EFBC8CE9A696E697A5E8BF90E98081E8A18CE4BABAE4B889E799BEE4BA8CE58D81E4BABAE6ACA1E38082E6B8A1E58FA3E6AF8FE5A4A9E697A9E4B88AE585ADE782B9E5BC80E888AAEFBC8CE6999AE4B88AE4B883E782B9E694B6E888AAEFBC8CE7A5A8E4BBB7E4B880E58583E380823C2F703E5D5D3E3C2F636F6E74656E743A656E636F6465643E0A2020202020203C677569642069735065726D614C696E6B3D2266616C7365223E7461673A70617065722E6578616D706C652C323032362D31312D32303A70617065722F38383C2F677569643E0A2020202020203C707562446174653E5765642C203138204E6F7620323032362032323A30303A3030202B303030303C2F707562446174653E0A202020203C2F6974656D3E0A0020203C656E7472793E0A202020203C69643E7461673A70617065722E6578616D706C652C323032362D31312D32303A70617065722F38383C2F69643E0A202020203C7469746C653E32303236E5B9B43131E69C883139E697A520E7ACAC3838E69C9F3C2F7469746C653E0A202020203C6C696E6B2072656C3D22616C7465726E6174652220747970653D22746578742F68746D6C2220687265663D2268747470733A2F2F70617065722E6578616D706C652F323032362F31312F31392F222F3E0A202020203C7075626C69736865643E323032362D31312D31385432323A30303A30305A3C2F7075626C69736865643E0A202020203C757064617465643E323032362D31312D32305430363A30303A30305A3C2F757064617465643E0A202020203C73756D6D6172793EE88081E6B8A1E58FA3E681A2E5A48DE69186E6B8A13C2F73756D6D6172793E0A202020203C636F6E74656E7420747970653D2268746D6C223E266C743B702667743B266C743B7374726F6E672667743B266C743B6120687265663D2268747470733A2F2F70617065722E6578616D706C652F323032362F31312F31392F312F222667743BE88081E6B8A1E58FA3E681A2E5A48DE69186E6B8A1266C743B2F612667743B266C743B2F7374726F6E672667743B266C743B62722667743B3131E69C883138E697A5EFBC8CE5819CE888AAE4BA94E5B9B4E79A84E88081E6B8A1E58FA3E681A2E5A48DE69186E6B8A1EFBC8CE9A696E697A5E8BF90E98081E8A18CE4BABAE4B889E799BEE4BA8CE58D81E4BABAE6ACA1E38082E6B8A1E58FA3E6AF8FE5A4A9E697A9E4B88AE585ADE782B9E5BC80E888AAEFBC8CE6999AE4B88AE4B883E782B9E694B6E888AAEFBC8CE7A5A8E4BBB7E4B880E58583E38082266C743B2F702667743B3C2F636F6E74656E743E0A20203C2F656E7472793E0A000A20207B0A202020226964223A20227461673A70617065722E6578616D706C652C323032362D31312D32303A70617065722F3838222C0A2020202275726C223A202268747470733A2F2F70617065722E6578616D706C652F323032362F31312F31392F222C0A202020227469746C65223A202232303236E5B9B43131E69C883139E697A520E7ACAC3838E69C9F222C0A2020202273756D6D617279223A2022E88081E6B8A1E58FA3E681A2E5A48DE69186E6B8A1222C0A20202022636F6E74656E745F68746D6C223A20223C703E3C7374726F6E673E3C6120687265663D5C2268747470733A2F2F70617065722E6578616D706C652F323032362F31312F31392F312F5C223EE88081E6B8A1E58FA3E681A2E5A48DE69186E6B8A13C2F613E3C2F7374726F6E673E3C62723E3131E69C883138E697A5EFBC8CE5819CE888AAE4BA94E5B9B4E79A84E88081E6B8A1E58FA3E681A2E5A48DE69186E6B8A1EFBC8CE9A696E697A5E8BF90E98081E8A18CE4BABAE4B889E799BEE4BA8CE58D81E4BABAE6ACA1E38082E6B8A1E58FA3E6AF8FE5A4A9E697A9E4B88AE585ADE782B9E5BC80E888AAEFBC8CE6999AE4B88AE4B883E782B9E694B6E888AAEFBC8CE7A5A8E4BBB7E4B880E58583E380823C2F703E222C0A20202022646174655F7075626C6973686564223A2022323032362D31312D31385432323A30303A30305A222C0A20202022646174655F6D6F646966696564223A2022323032362D31312D32305430363A30303A30305A220A20207D');
INSERT INTO "entry" VALUES (1, 1, 'tag:paper.example,2026-11-20:paper/88/1', '2026-11-18 22:00:01.000000', 1741, X'202020203C6974656D3E0A2020202020203C7469746C653EE88081E6B8A1E58FA3E681A2E5A48DE69186E6B8A13C2F7469746C653E0A2020202020203C6C696E6B3E68747470733A2F2F70617065722E6578616D706C652F323032362F31312F31392F312F3C2F6C696E6B3E0A2020202020203C6465736372697074696F6E3E3131E69C883138E697A5EFBC8CE5819CE888AAE4BA94E5B9B4E79A84E88081E6B8A1E58FA3E681A2E5A48DE69186E6B8A1EFBC8CE9A696E697A5E8BF90E98081E8A18CE4BABAE4B889E799BEE4BA8CE58D81E4BABAE6ACA1E38082E6B8A1E58FA3E6AF8FE5A4A9E697A9E4B88AE585ADE782B9E5BC80E888AAEFBC8CE6999AE4B88AE4B883E782B9E694B6E888AAEFBC8CE7A5A8E4BBB7E4B880E58583E380823C2F6465736372697074696F6E3E0A2020202020203C636F6E74656E743A656E636F6465643E3C215B43444154415B3C703EE69CACE68AA5E8AEAFEFBC88E8AEB0E8808520E69E97E69993E6A3A0EFBC893131E69C883138E697A5EFBC8CE5819CE888AAE4BA94E5B9B4E79A84E88081E6B8A1E58FA3E681A2E5A48DE69186E6B8A1EFBC8CE9A696E697A5E8BF90E98081E8A18CE4BABAE4B889E799BEE4BA8CE58D81E4BABAE6ACA1E380823C2F703E0A3C703EE6B8A1E58FA3E6AF8FE5A4A9E697A9E4B88AE585ADE782B9E5BC80E888AAEFBC8CE6999AE4B88AE4B883E782B9E694B6E888AAEFBC8CE7A5A8E4BBB7E4B880E58583E38082E585ADE58D81E4BA94E5B281E4BBA5E4B88AE88081E4BABAE5858DE8B4B9E380823C2F703E0A3C703EE8AEB0E8808520E69E97E69993E6A3A03C2F703E5D5D3E3C2F636F6E74656E743A656E636F6465643E0A2020202020203C677569642069735065726D614C696E6B3D2266616C7365223E7461673A70617065722E6578616D706C652C323032362D31312D32303A70617065722F38382F313C2F677569643E0A2020202020203C63617465676F727920646F6D61696E3D2268747470733A2F2F70617065722E6578616D706C652F236B6579776F7264223EE6B8A1E58FA33C2F63617465676F72793E0A2020202020203C63617465676F727920646F6D61696E3D2268747470733A2F2F70617065722E6578616D706C652F236B6579776F7264223EE69186E6B8A13C2F63617465676F72793E0A2020202020203C63617465676F727920646F6D61696E3D2268747470733A2F2F70617065722E6578616D706C652F236B6579776F7264223EE7A5A8E4BBB73C2F63617465676F72793E0A2020202020203C63617465676F727920646F6D61696E3D2268747470733A2F2F70617065722E6578616D706C652F236B6579776F7264223EE8A18CE4BABA3C2F63617465676F72793E0A2020202020203C707562446174653E5765642C203138204E6F7620323032362032323A30303A3031202B303030303C2F707562446174653E0A2020202020203C64633A63726561746F723EE69E97E69993E6A3A03C2F64633A63726561746F723E0A202020203C2F6974656D3E0A0020203C656E7472793E0A202020203C69643E7461673A70617065722E6578616D706C652C323032362D31312D32303A70617065722F38382F313C2F69643E0A202020203C7469746C653EE88081E6B8A1E58FA3E681A2E5A48DE69186E6B8A13C2F7469746C653E0A202020203C6C696E6B2072656C3D22616C7465726E6174652220747970653D22746578742F68746D6C2220687265663D2268747470733A2F2F70617065722E6578616D706C652F323032362F31312F31392F312F222F3E0A202020203C7075626C69736865643E323032362D31312D31385432323A30303A30315A3C2F7075626C69736865643E0A202020203C757064617465643E323032362D31312D31385432323A30303A30315A3C2F757064617465643E0A202020203C617574686F723E0A2020202020203C6E616D653EE69E97E69993E6A3A03C2F6E616D653E0A202020203C2F617574686F723E0A202020203C63617465676F727920736368656D653D2268747470733A2F2F70617065722E6578616D706C652F236B6579776F726422207465726D3D22E6B8A1E58FA322206C6162656C3D22E6B8A1E58FA3222F3E0A202020203C63617465676F727920736368656D653D2268747470733A2F2F70617065722E6578616D706C652F236B6579776F726422207465726D3D22E69186E6B8A122206C6162656C3D22E69186E6B8A1222F3E0A202020203C63617465676F727920736368656D653D2268747470733A2F2F70617065722E6578616D706C652F236B6579776F726422207465726D3D22E7A5A8E4BBB722206C6162656C3D22E7A5A8E4BBB7222F3E0A202020203C63617465676F727920736368656D653D2268747470733A2F2F70617065722E6578616D706C652F236B6579776F726422207465726D3D22E8A18CE4BABA22206C6162656C3D22E8A18CE4BABA222F3E0A202020203C73756D6D6172793E3131E69C883138E697A5EFBC8CE5819CE888AAE4BA94E5B9B4E79A84E88081E6B8A1E58FA3E681A2E5A48DE69186E6B8A1EFBC8CE9A696E697A5E8BF90E98081E8A18CE4BABAE4B889E799BEE4BA8CE58D81E4BABAE6ACA1E38082E6B8A1E58FA3E6AF8FE5A4A9E697A9E4B88AE585ADE782B9E5BC80E888AAEFBC8CE6999AE4B88AE4B883E782B9E694B6E888AAEFBC8CE7A5A8E4BBB7E4B880E58583E380823C2F73756D6D6172793E0A202020203C636F6E74656E7420747970653D2268746D6C223E266C743B702667743BE69CACE68AA5E8AEAFEFBC88E8AEB0E8808520E69E97E69993E6A3A0EFBC893131E69C883138E697A5EFBC8CE5819CE888AAE4BA94E5B9B4E79A84E88081E6B8A1E58FA3E681A2E5A48DE69186E6B8A1EFBC8CE9A696E697A5E8BF90E98081E8A18CE4BABAE4B889E799BEE4BA8CE58D81E4BABAE6ACA1E38082266C743B2F702667743B0A266C743B702667743BE6B8A1E58FA3E6AF8FE5A4A9E697A9E4B88AE585ADE782B9E5BC80E888AAEFBC8CE6999AE4B88AE4B883E782B9E694B6E888AAEFBC8CE7A5A8E4BBB7E4B880E58583E38082E585ADE58D81E4BA94E5B281E4BBA5E4B88AE88081E4BABAE5858DE8B4B9E38082266C743B2F702667743B0A266C743B702667743BE8AEB0E8808520E69E97E69993E6A3A0266C743B2F702667743B3C2F636F6E74656E743E0A20203C2F656E7472793E0A000A20207B0A202020226964223A20227461673A70617065722E6578616D706C652C323032362D31312D32303A70617065722F38382F31222C0A2020202275726C223A202268747470733A2F2F70617065722E6578616D706C652F323032362F31312F31392F312F222C0A202020227469746C65223A2022E88081E6B8A1E58FA3E681A2E5A48DE69186E6B8A1222C0A2020202273756D6D617279223A20223131E69C883138E697A5EFBC8CE5819CE888AAE4BA94E5B9B4E79A84E88081E6B8A1E58FA3E681A2E5A48DE69186E6B8A1EFBC8CE9A696E697A5E8BF90E98081E8A18CE4BABAE4B889E799BEE4BA8CE58D81E4BABAE6ACA1E38082E6B8A1E58FA3E6AF8FE5A4A9E697A9E4B88AE585ADE782B9E5BC80E888AAEFBC8CE6999AE4B88AE4B883E782B9E694B6E888AAEFBC8CE7A5A8E4BBB7E4B880E58583E38082222C0A20202022636F6E74656E745F68746D6C223A20223C703EE69CACE68AA5E8AEAFEFBC88E8AEB0E8808520E69E97E69993E6A3A0EFBC893131E69C883138E697A5EFBC8CE5819CE888AAE4BA94E5B9B4E79A84E88081E6B8A1E58FA3E681A2E5A48DE69186E6B8A1EFBC8CE9A696E697A5E8BF90E98081E8A18CE4BABAE4B889E799BEE4BA8CE58D81E4BABAE6ACA1E380823C2F703E5C6E3C703EE6B8A1E58FA3E6AF8FE5A4A9E697A9E4B88AE585ADE782B9E5BC80E888AAEFBC8CE6999AE4B88AE4B883E782B9E694B6E888AAEFBC8CE7A5A8E4BBB7E4B880E58583E38082E585ADE58D81E4BA94E5B281E4BBA5E4B88AE88081E4BABAE5858DE8B4B9E380823C2F703E5C6E3C703EE8AEB0E8808520E69E97E69993E6A3A03C2F703E222C0A20202022646174655F7075626C6973686564223A2022323032362D31312D31385432323A30303A30315A222C0A20202022646174655F6D6F646966696564223A2022323032362D31312D31385432323A30303A30315A222C0A20202022617574686F7273223A205B0A202020207B0A2020202020226E616D65223A2022E69E97E69993E6A3A0220A202020207D0A2020205D2C0A20202022617574686F72223A207B0A20202020226E616D65223A2022E69E97E69993E6A3A0220A2020207D2C0A2020202274616773223A205B0A2020202022E6B8A1E58FA3222C0A2020202022E69186E6B8A1222C0A2020202022E7A5A8E4BBB7222C0A2020202022E8A18CE4BABA220A2020205D0A20207D');
INSERT INTO "entry" VALUES (1, 2, 'tag:paper.example,2026-11-20:paper/88/2', '2026-11-20 06:00:00.000000', 811, X'202020203C6974656D3E0A2020202020203C7469746C653EEFBC88E5B7B2E692A4E59B9EEFBC893C2F7469746C653E0A2020202020203C6C696E6B3E68747470733A2F2F70617065722E6578616D706C652F323032362F31312F31392F322F3C2F6C696E6B3E0A2020202020203C6465736372697074696F6E3EEFBC88E5B7B2E692A4E59B9EEFBC893C2F6465736372697074696F6E3E0A2020202020203C636F6E74656E743A656E636F6465643E3C215B43444154415B3C703E3C736D616C6C3EE8BF99E7AF87E69687E7ABA0E5B7B2E692A4E59B9E3C2F736D616C6C3E3C2F703E5D5D3E3C2F636F6E74656E743A656E636F6465643E0A2020202020203C677569642069735065726D614C696E6B3D2266616C7365223E7461673A70617065722E6578616D706C652C323032362D31312D32303A70617065722F38382F323C2F677569643E0A2020202020203C707562446174653E5765642C203138204E6F7620323032362032323A30303A3030202B303030303C2F707562446174653E0A202020203C2F6974656D3E0A0020203C656E7472793E0A202020203C69643E7461673A70617065722E6578616D706C652C323032362D31312D32303A70617065722F38382F323C2F69643E0A202020203C7469746C653EEFBC88E5B7B2E692A4E59B9EEFBC893C2F7469746C653E0A202020203C6C696E6B2072656C3D22616C7465726E6174652220747970653D22746578742F68746D6C2220687265663D2268747470733A2F2F70617065722E6578616D706C652F323032362F31312F31392F322F222F3E0A202020203C7075626C69736865643E323032362D31312D31385432323A30303A30305A3C2F7075626C69736865643E0A202020203C757064617465643E323032362D31312D32305430363A30303A30305A3C2F757064617465643E0A202020203C73756D6D6172793EEFBC88E5B7B2E692A4E59B9EEFBC893C2F73756D6D6172793E0A202020203C636F6E74656E7420747970653D2268746D6C223E266C743B702667743B266C743B736D616C6C2667743BE8BF99E7AF87E69687E7ABA0E5B7B2E692A4E59B9E266C743B2F736D616C6C2667743B266C743B2F702667743B3C2F636F6E74656E743E0A20203C2F656E7472793E0A000A20207B0A202020226964223A20227461673A70617065722E6578616D706C652C323032362D31312D32303A70617065722F38382F32222C0A2020202275726C223A202268747470733A2F2F70617065722E6578616D706C652F323032362F31312F31392F322F222C0A202020227469746C65223A2022EFBC88E5B7B2E692A4E59B9EEFBC89222C0A2020202273756D6D617279223A2022EFBC88E5B7B2E692A4E59B9EEFBC89222C0A20202022636F6E74656E745F68746D6C223A20223C703E3C736D616C6C3EE8BF99E7AF87E69687E7ABA0E5B7B2E692A4E59B9E3C2F736D616C6C3E3C2F703E222C0A20202022646174655F7075626C6973686564223A2022323032362D31312D31385432323A30303A30305A222C0A20202022646174655F6D6F646966696564223A2022323032362D31312D32305430363A30303A30305A220A20207D');
INSERT INTO "issue_revision" VALUES (1, 1, 1, 1, 'applied', '{"masthead": {"title": "\u5357\u6d54\u6e21\u53e3\u62a5", "date": "2026-11-19", "date_origin": "masthead", "weekday": "\u661f\u671f\u56db", "lunar_date": null, "number": 88, "page_count": null, "url": null, "email": null}, "articles": [{"kind": "news", "label": null, "kicker": null, "headline": "\u8001\u6e21\u53e3\u6062\u590d\u6446\u6e21", "subheadline": null, "lede": null, "page": null, "section": null, "dateline": {"place": null, "date": "11-18", "agency": "\u672c\u62a5"}, "authors": [{"role": "\u8bb0\u8005", "name": "\u6797\u6653\u68e0"}], "paragraphs": ["\u672c\u62a5\u8baf\uff08\u8bb0\u8005 \u6797\u6653\u68e0\uff0911\u670818\u65e5\uff0c\u505c\u822a\u4e94\u5e74\u7684\u8001\u6e21\u53e3\u6062\u590d\u6446\u6e21\uff0c\u9996\u65e5\u8fd0\u9001\u884c\u4eba\u4e09\u767e\u4e8c\u5341\u4eba\u6b21\u3002", "\u6e21\u53e3\u6bcf\u5929\u65e9\u4e0a\u516d\u70b9\u5f00\u822a\uff0c\u665a\u4e0a\u4e03\u70b9\u6536\u822a\uff0c\u7968\u4ef7\u4e00\u5143\u3002\u516d\u5341\u4e94\u5c81\u4ee5\u4e0a\u8001\u4eba\u514d\u8d39\u3002"], "crossheads": [], "pictures": [], "keywords": [{"term": "\u6e21\u53e3", "score": 1.0}, {"term": "\u6446\u6e21", "score": 0.3284}, {"term": "\u7968\u4ef7", "score": 0.1792}, {"term": "\u884c\u4eba", "score": 0.1503}], "summary": ["11\u670818\u65e5\uff0c\u505c\u822a\u4e94\u5e74\u7684\u8001\u6e21\u53e3\u6062\u590d\u6446\u6e21\uff0c\u9996\u65e5\u8fd0\u9001\u884c\u4eba\u4e09\u767e\u4e8c\u5341\u4eba\u6b21\u3002", "\u6e21\u53e3\u6bcf\u5929\u65e9\u4e0a\u516d\u70b9\u5f00\u822a\uff0c\u665a\u4e0a\u4e03\u70b9\u6536\u822a\uff0c\u7968\u4ef7\u4e00\u5143\u3002"], "rank": 1, "confidence": 1.0}, {"kind": "news", "label": null, "kicker": null, "headline": "\u9547\u56fe\u4e66\u9986\u65b0\u6dfb\u4e09\u5343\u518c\u4e66", "subheadline": null, "lede": null, "page": null, "section": null, "dateline": {"place": null, "date": null, "agency": "\u672c\u62a5"}, "authors": [{"role": "\u8bb0\u8005", "name": "\u6c88\u5f52\u821f"}], "paragraphs": ["\u672c\u62a5\u8baf\uff08\u8bb0\u8005 \u6c88\u5f52\u821f\uff09\u9547\u56fe\u4e66\u9986\u672c\u6708\u65b0\u6dfb\u56fe\u4e66\u4e09\u5343\u518c\uff0c\u5176\u4e2d\u513f\u7ae5\u8bfb\u7269\u5360\u4e00\u534a\u3002", "\u56fe\u4e66\u9986\u5468\u672b\u5f00\u653e\u65f6\u95f4\u5ef6\u957f\u5230\u665a\u4e0a\u4e5d\u70b9\u3002"], "crossheads": [], "pictures": [{"name": "boat.png", "caption": "\u6e21\u8239", "credit": null, "original": "e168fe603b1a9392206c17885ef643b320eaa67286e8745ff216587d5a391632", "sizes": [{"sha256": "56c70387b880bedf31074524d3e33d7668f048a3f2d2a9d5ea693f7f19ae4893", "media_type": "image/png", "width": 900, "height": 600, "length": 666}]}], "keywords": [{"term": "\u9547\u56fe\u4e66\u9986", "score": 1.0}, {"term": "\u65b0\u6dfb", "score": 0.3564}, {"term": "\u513f\u7ae5\u8bfb\u7269", "score": 0.2504}, {"term": "\u56fe\u4e66", "score": 0.1725}], "summary": ["\u9547\u56fe\u4e66\u9986\u672c\u6708\u65b0\u6dfb\u56fe\u4e66\u4e09\u5343\u518c\uff0c\u5176\u4e2d\u513f\u7ae5\u8bfb\u7269\u5360\u4e00\u534a\u3002", "\u56fe\u4e66\u9986\u5468\u672b\u5f00\u653e\u65f6\u95f4\u5ef6\u957f\u5230\u665a\u4e0a\u4e5d\u70b9\u3002"], "rank": 2, "confidence": 1.0}], "language": "zh-Hans", "embargo": null, "correction": null, "left_over": [], "remarks": [], "coverage": 1.0, "confidence": 1.0}', '2026-11-20 04:00:00.000000');
INSERT INTO "issue_revision" VALUES (2, 2, 1, 2, 'applied', '{"masthead": {"title": "\u5357\u6d54\u6e21\u53e3\u62a5", "date": "2026-11-20", "date_origin": "masthead", "weekday": "\u661f\u671f\u4e94", "lunar_date": null, "number": 89, "page_count": null, "url": null, "email": null}, "articles": [{"kind": "news", "label": null, "kicker": null, "headline": "\u767d\u9e6d\u6e56\u6c34\u8d28\u9996\u6b21\u8fbe\u5230\u4e8c\u7c7b", "subheadline": null, "lede": null, "page": null, "section": null, "dateline": {"place": null, "date": null, "agency": "\u672c\u62a5"}, "authors": [{"role": "\u8bb0\u8005", "name": "\u6797\u6653\u68e0"}], "paragraphs": ["\u672c\u62a5\u8baf\uff08\u8bb0\u8005 \u6797\u6653\u68e0\uff09\u5e02\u6c34\u52a1\u5c40\u6628\u5929\u516c\u5e03\u7684\u6570\u636e\u663e\u793a\uff0c\u5341\u6708\u767d\u9e6d\u6e56\u6c34\u8d28\u9996\u6b21\u8fbe\u5230\u4e8c\u7c7b\u3002", "\u4e09\u5e74\u6765\uff0c\u5f53\u5730\u6295\u5165\u4e00\u70b9\u4e8c\u4ebf\u5143\u6e05\u6de4\uff0c\u683d\u79cd\u67f3\u6811\u56db\u5343\u682a\u3002"], "crossheads": [], "pictures": [], "keywords": [{"term": "\u767d\u9e6d\u6e56\u6c34\u8d28", "score": 1.0}, {"term": "\u6c34\u52a1\u5c40", "score": 0.121}, {"term": "\u6e05\u6de4", "score": 0.121}, {"term": "\u683d\u79cd", "score": 0.1007}], "summary": ["\u5e02\u6c34\u52a1\u5c40\u6628\u5929\u516c\u5e03\u7684\u6570\u636e\u663e\u793a\uff0c\u5341\u6708\u767d\u9e6d\u6e56\u6c34\u8d28\u9996\u6b21\u8fbe\u5230\u4e8c\u7c7b\u3002", "\u4e09\u5e74\u6765\uff0c\u5f53\u5730\u6295\u5165\u4e00\u70b9\u4e8c\u4ebf\u5143\u6e05\u6de4\uff0c\u683d\u79cd\u67f3\u6811\u56db\u5343\u682a\u3002"], "rank": 1, "confidence": 1.0}], "language": "zh-Hans", "embargo": null, "correction": null, "left_over": [], "remarks": [], "coverage": 1.0, "confidence": 1.0}', '2026-11-20 04:00:00.000000');
INSERT INTO "issue_revision" VALUES (3, 2, 2, 4, 'applied', '{"masthead": {"title": "\u5357\u6d54\u6e21\u53e3\u62a5", "date": "2026-11-20", "date_origin": "masthead", "weekday": "\u661f\u671f\u4e94", "lunar_date": null, "number": 89, "page_count": null, "url": null, "email": null}, "articles": [{"kind": "news", "label": null, "kicker": null, "headline": "\u767d\u9e6d\u6e56\u6c34\u8d28\u9996\u6b21\u8fbe\u5230\u4e8c\u7c7b", "subheadline": null, "lede": null, "page": null, "section": null, "dateline": {"place": null, "date": null, "agency": "\u672c\u62a5"}, "authors": [{"role": "\u8bb0\u8005", "name": "\u6797\u6653\u68e0"}], "paragraphs": ["\u672c\u62a5\u8baf\uff08\u8bb0\u8005 \u6797\u6653\u68e0\uff09\u5e02\u6c34\u52a1\u5c40\u6628\u5929\u516c\u5e03\u7684\u6570\u636e\u663e\u793a\uff0c\u5341\u6708\u767d\u9e6d\u6e56\u6c34\u8d28\u9996\u6b21\u8fbe\u5230\u4e8c\u7c7b\u3002", "\u4e09\u5e74\u6765\uff0c\u5f53\u5730\u6295\u5165\u4e00\u70b9\u4e8c\u4ebf\u5143\u6e05\u6de4\uff0c\u683d\u79cd\u67f3\u6811\u4e94\u5343\u682a\u3002"], "crossheads": [], "pictures": [], "keywords": [{"term": "\u767d\u9e6d\u6e56\u6c34\u8d28", "score": 1.0}, {"term": "\u6c34\u52a1\u5c40", "score": 0.121}, {"term": "\u6e05\u6de4", "score": 0.121}, {"term": "\u683d\u79cd", "score": 0.1007}], "summary": ["\u5e02\u6c34\u52a1\u5c40\u6628\u5929\u516c\u5e03\u7684\u6570\u636e\u663e\u793a\uff0c\u5341\u6708\u767d\u9e6d\u6e56\u6c34\u8d28\u9996\u6b21\u8fbe\u5230\u4e8c\u7c7b\u3002", "\u4e09\u5e74\u6765\uff0c\u5f53\u5730\u6295\u5165\u4e00\u70b9\u4e8c\u4ebf\u5143\u6e05\u6de4\uff0c\u683d\u79cd\u67f3\u6811\u4e94\u5343\u682a\u3002"], "rank": 1, "confidence": 1.0}], "language": "zh-Hans", "embargo": null, "correction": null, "left_over": [], "remarks": [], "coverage": 1.0, "confidence": 1.0}', '2026-11-20 04:00:00.000000');
INSERT INTO "correction" VALUES (1, 1, 3, '2026-11-20 04:00:00.000000', NULL);
INSERT INTO "correction" VALUES (2, 1, 2, '2026-11-20 06:00:00.000000', NULL);
INSERT INTO "picture" VALUES (2, 'pictures/56c70387b880bedf31074524d3e33d76.png', 1);
INSERT INTO "topic" VALUES (1, 'own_keyword', '渡口', 1, '渡口', '2026-11-18 22:00:01.000000', 1.0, 1, 0);
INSERT INTO "topic" VALUES (1, 'own_keyword', '摆渡', 1, '摆渡', '2026-11-18 22:00:01.000000', 0.3284, 1, 0);
INSERT INTO "topic" VALUES (1, 'own_keyword', '票价', 1, '票价', '2026-11-18 22:00:01.000000', 0.1792, 1, 0);
INSERT INTO "topic" VALUES (1, 'own_keyword', '行人', 1, '行人', '2026-11-18 22:00:01.000000', 0.1503, 1, 0);
INSERT INTO "topic" VALUES (2, 'own_keyword', '镇图书馆', 1, '镇图书馆', '2026-11-18 22:00:00.000000', 1.0, 1, 0);
INSERT INTO "topic" VALUES (2, 'own_keyword', '新添', 1, '新添', '2026-11-18 22:00:00.000000', 0.3564, 1, 0);
INSERT INTO "topic" VALUES (2, 'own_keyword', '儿童读物', 1, '儿童读物', '2026-11-18 22:00:00.000000', 0.2504, 1, 0);
INSERT INTO "topic" VALUES (2, 'own_keyword', '图书', 1, '图书', '2026-11-18 22:00:00.000000', 0.1725, 1, 0);
INSERT INTO "topic" VALUES (3, 'own_keyword', '白鹭湖水质', 1, '白鹭湖水质', '2026-11-19 22:00:00.000000', 1.0, 1, 0);
INSERT INTO "topic" VALUES (3, 'own_keyword', '水务局', 1, '水务局', '2026-11-19 22:00:00.000000', 0.121, 1, 0);
INSERT INTO "topic" VALUES (3, 'own_keyword', '清淤', 1, '清淤', '2026-11-19 22:00:00.000000', 0.121, 1, 0);
INSERT INTO "topic" VALUES (3, 'own_keyword', '栽种', 1, '栽种', '2026-11-19 22:00:00.000000', 0.1007, 1, 0);
CREATE INDEX ix_ping_state_not_before ON ping (state, not_before);
CREATE INDEX ix_consent_subscriber_id_publication_id ON consent (subscriber_id, publication_id);
CREATE INDEX ix_digest_state_publication_id ON digest (state, publication_id);
CREATE INDEX ix_issue_publication_id_backfilled_published_at ON issue (publication_id, backfilled, published_at);
CREATE INDEX ix_issue_publication_id_dated ON issue (publication_id, dated);
CREATE INDEX ix_issue_publication_id_number ON issue (publication_id, number);
CREATE INDEX ix_issue_publication_id_published_at ON issue (publication_id, published_at);
CREATE INDEX ix_issue_state_publication_id_not_before ON issue (state, publication_id, not_before);
CREATE INDEX ix_notice_kind_created_at ON notice (kind, created_at);
CREATE INDEX ix_notice_state_not_before ON notice (state, not_before);
CREATE INDEX ix_source_state_not_before ON source (state, not_before);
CREATE INDEX ix_subscription_publication_id_state_cadence_due_at_sent_through ON subscription (publication_id, state, cadence, due_at, sent_through);
CREATE INDEX ix_article_issue_id ON article (issue_id) WHERE withdrawn_at IS NULL;
CREATE INDEX ix_article_publication_id_published_at ON article (publication_id, published_at);
CREATE INDEX ix_delivery_state_not_before ON delivery (state, not_before);
CREATE INDEX ix_drop_source_id ON "drop" (source_id);
CREATE INDEX ix_picture_path ON picture (path);
CREATE INDEX ix_related_other_id ON related (other_id);
CREATE INDEX ix_search_entry_publication_id_section ON search_entry (publication_id, section);
CREATE INDEX ix_topic_place ON topic (publication_id, kind, name, place, current, article_id, weight);
CREATE INDEX ix_topic_publication_id_kind_name_published_at_current ON topic (publication_id, kind, name, published_at, current);
COMMIT;
-- blob IyDljZfmtZTmuKHlj6PmiqUKCjIwMjblubQxMeaciDIw5pel44CA5pif5pyf5LqU44CA56ysODnmnJ8KCiMjIOeZvem5rea5luawtOi0qOmmluasoei+vuWIsOS6jOexuwoK5pys5oql6K6v77yI6K6w6ICFIOael+aZk+ajoO+8ieW4guawtOWKoeWxgOaYqOWkqeWFrOW4g+eahOaVsOaNruaYvuekuu+8jOWNgeaciOeZvem5rea5luawtOi0qOmmluasoei+vuWIsOS6jOexu+OAggoK5LiJ5bm05p2l77yM5b2T5Zyw5oqV5YWl5LiA54K55LqM5Lq/5YWD5riF5rek77yM5qC956eN5p+z5qCR5LqU5Y2D5qCq44CCCg==
-- blob iVBORw0KGgoAAAANSUhEUgAAA4QAAAJYAgMAAABHq8BIAAAADFBMVEX///9fWU+bHB8dGxjZItmyAAACSUlEQVR42u3RQQ2AMBBFwYVgsX6qBxVVgQlEFAd7aTm0mXfdZJPJP+7Iemqs3hm7R0hISEhISEhISEhISEhISEhISEhISEhISEhISEhISEhISEhISEhISEhISEhISEhISEhISEhISEhISEhISEhISEhISEj4R9fEXyW9vs2GhISEhISEhISEhISEhISEhISEhISEhISEhISEhISEhISEhISEhISEhISEhISEhISEhISEhISEhISEhISEhISEhISEhISEg/W0ZkNCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCwnX7ADGVJ1SLC6nuAAAAAElFTkSuQmCC
-- blob IyDljZfmtZTmuKHlj6PmiqUKCjIwMjblubQxMeaciDIw5pel44CA5pif5pyf5LqU44CA56ysODnmnJ8KCiMjIOeZvem5rea5luawtOi0qOmmluasoei+vuWIsOS6jOexuwoK5pys5oql6K6v77yI6K6w6ICFIOael+aZk+ajoO+8ieW4guawtOWKoeWxgOaYqOWkqeWFrOW4g+eahOaVsOaNruaYvuekuu+8jOWNgeaciOeZvem5rea5luawtOi0qOmmluasoei+vuWIsOS6jOexu+OAggoK5LiJ5bm05p2l77yM5b2T5Zyw5oqV5YWl5LiA54K55LqM5Lq/5YWD5riF5rek77yM5qC956eN5p+z5qCR5Zub5Y2D5qCq44CCCg==
-- blob UEsDBBQAAAAAAOEAdl0vCWpnEAIAABACAAAIAAAAaXNzdWUubWQjIOWNl+a1lOa4oeWPo+aKpQoKMjAyNuW5tDEx5pyIMTnml6XjgIDmmJ/mnJ/lm5vjgIDnrKw4OOacnwoKIyMg6ICB5rih5Y+j5oGi5aSN5pGG5rihCgrmnKzmiqXorq/vvIjorrDogIUg5p6X5pmT5qOg77yJMTHmnIgxOOaXpe+8jOWBnOiIquS6lOW5tOeahOiAgea4oeWPo+aBouWkjeaRhua4oe+8jOmmluaXpei/kOmAgeihjOS6uuS4ieeZvuS6jOWNgeS6uuasoeOAggoK5rih5Y+j5q+P5aSp5pep5LiK5YWt54K55byA6Iiq77yM5pma5LiK5LiD54K55pS26Iiq77yM56Wo5Lu35LiA5YWD44CC5YWt5Y2B5LqU5bKB5Lul5LiK6ICB5Lq65YWN6LS544CCCgojIyDplYflm77kuabppobmlrDmt7vkuInljYPlhozkuaYKCuacrOaKpeiur++8iOiusOiAhSDmsojlvZLoiJ/vvInplYflm77kuabppobmnKzmnIjmlrDmt7vlm77kuabkuInljYPlhozvvIzlhbbkuK3lhL/nq6Xor7vnianljaDkuIDljYrjgIIKCuWbvuS5pummhuWRqOacq+W8gOaUvuaXtumXtOW7tumVv+WIsOaZmuS4iuS5neeCueOAggoKIVvmuKHoiLldKGJvYXQucG5nKQpQSwMEFAAAAAAA4QB2XeVUFDfFDQAAxQ0AAAgAAABib2F0LnBuZ4lQTkcNChoKAAAADUlIRFIAAAOEAAACWAgGAAAAOsUo2wAADYxJREFUeJzt2bFNQgEYhVEeYQgTIYxkbWXlVFZU1o5EgMQtnitYSH7Dd84Et/1yl4/9cd3w0N6v52V6AwAA8P9spwcAAAAwQxACAABECUIAAIAoQQgAABAlCAEAAKIEIQAAQJQgBAAAiBKEAAAAUYIQAAAgShACAABECUIAAIAoQQgAABAlCAEAAKIEIQAAQJQgBAAAiBKEAAAAUYIQAAAgShACAABECUIAAIAoQQgAABAlCAEAAKIEIQAAQJQgBAAAiBKEAAAAUYIQAAAgShACAABECUIAAIAoQQgAABAlCAEAAKIEIQAAQJQgBAAAiBKEAAAAUYIQAAAgShACAABECUIAAIAoQQgAABAlCAEAAKIEIQAAQJQgBAAAiBKEAAAAUYIQAAAgShACAABECUIAAIAoQQgAABAlCAEAAKIEIQAAQJQgBAAAiBKEAAAAUYIQAAAgShACAABECUIAAIAoQQgAABAlCAEAAKIEIQAAQJQgBAAAiBKEAAAAUYIQAAAgShACAABECUIAAIAoQQgAABAlCAEAAKIEIQAAQJQgBAAAiBKEAAAAUYIQAAAgShACAABECUIAAIAoQQgAABAlCAEAAKIEIQAAQJQgBAAAiBKEAAAAUYIQAAAgShACAABECUIAAIAoQQgAABAlCAEAAKIEIQAAQJQgBAAAiNpNDwD4rbfXl3V6A/d1+vxapjcAQImHEAAAIEoQAgAARAlCAACAKEEIAAAQJQgBAACiBCEAAECUIAQAAIgShAAAAFGCEAAAIEoQAgAARAlCAACAKEEIAAAQJQgBAACiBCEAAECUIAQAAIgShAAAAFGCEAAAIEoQAgAARAlCAACAKEEIAAAQJQgBAACiBCEAAECUIAQAAIgShAAAAFGCEAAAIEoQAgAARAlCAACAKEEIAAAQJQgBAACiBCEAAECUIAQAAIgShAAAAFGCEAAAIEoQAgAARAlCAACAKEEIAAAQJQgBAACiBCEAAECUIAQAAIgShAAAAFGCEAAAIEoQAgAARAlCAACAKEEIAAAQJQgBAACiBCEAAECUIAQAAIgShAAAAFGCEAAAIEoQAgAARAlCAACAKEEIAAAQJQgBAACiBCEAAECUIAQAAIgShAAAAFGCEAAAIEoQAgAARAlCAACAKEEIAAAQJQgBAACiBCEAAECUIAQAAIgShAAAAFGCEAAAIEoQAgAARAlCAACAKEEIAAAQJQgBAACiBCEAAECUIAQAAIgShAAAAFGCEAAAIEoQAgAARAlCAACAKEEIAAAQJQgBAACiBCEAAECUIAQAAIjaTQ8AAHg0h+endXoD93W5fS/TG+AveAgBAACiBCEAAECUIAQAAIgShAAAAFGCEAAAIEoQAgAARAlCAACAKEEIAAAQJQgBAACiBCEAAECUIAQAAIgShAAAAFGCEAAAIEoQAgAARAlCAACAKEEIAAAQJQgBAACiBCEAAECUIAQAAIgShAAAAFGCEAAAIEoQAgAARAlCAACAKEEIAAAQJQgBAACiBCEAAECUIAQAAIgShAAAAFGCEAAAIEoQAgAARAlCAACAKEEIAAAQJQgBAACiBCEAAECUIAQAAIgShAAAAFGCEAAAIEoQAgAARAlCAACAKEEIAAAQJQgBAACiBCEAAECUIAQAAIgShAAAAFGCEAAAIEoQAgAARAlCAACAKEEIAAAQJQgBAACiBCEAAECUIAQAAIgShAAAAFGCEAAAIEoQAgAARAlCAACAKEEIAAAQJQgBAACiBCEAAECUIAQAAIgShAAAAFGCEAAAIEoQAgAARAlCAACAKEEIAAAQJQgBAACiBCEAAECUIAQAAIgShAAAAFGCEAAAIEoQAgAARAlCAACAKEEIAAAQJQgBAACiBCEAAECUIAQAAIgShAAAAFGCEAAAIEoQAgAARAlCAACAKEEIAAAQJQgBAACiBCEAAECUIAQAAIgShAAAAFGCEAAAIEoQAgAARAlCAACAKEEIAAAQJQgBAACiBCEAAECUIAQAAIgShAAAAFGCEAAAIEoQAgAARAlCAACAKEEIAAAQJQgBAACiBCEAAECUIAQAAIgShAAAAFGCEAAAIEoQAgAARAlCAACAKEEIAAAQJQgBAACiBCEAAECUIAQAAIgShAAAAFGCEAAAIEoQAgAARAlCAACAKEEIAAAQJQgBAACiBCEAAECUIAQAAIgShAAAAFGCEAAAIEoQAgAARAlCAACAKEEIAAAQJQgBAACiBCEAAECUIAQAAIgShAAAAFGCEAAAIEoQAgAARAlCAACAKEEIAAAQJQgBAACiBCEAAECUIAQAAIgShAAAAFGCEAAAIEoQAgAARAlCAACAKEEIAAAQJQgBAACiBCEAAECUIAQAAIgShAAAAFGCEAAAIEoQAgAARAlCAACAKEEIAAAQJQgBAACiBCEAAECUIAQAAIgShAAAAFGCEAAAIEoQAgAARAlCAACAKEEIAAAQJQgBAACiBCEAAECUIAQAAIgShAAAAFGCEAAAIEoQAgAARAlCAACAKEEIAAAQJQgBAACiBCEAAECUIAQAAIgShAAAAFGCEAAAIEoQAgAARAlCAACAKEEIAAAQJQgBAACiBCEAAECUIAQAAIgShAAAAFGCEAAAIEoQAgAARAlCAACAKEEIAAAQJQgBAACiBCEAAECUIAQAAIgShAAAAFGCEAAAIEoQAgAARAlCAACAKEEIAAAQJQgBAACiBCEAAECUIAQAAIgShAAAAFGCEAAAIEoQAgAARAlCAACAKEEIAAAQJQgBAACiBCEAAECUIAQAAIgShAAAAFGCEAAAIEoQAgAARAlCAACAKEEIAAAQJQgBAACiBCEAAECUIAQAAIgShAAAAFGCEAAAIEoQAgAARAlCAACAKEEIAAAQJQgBAACiBCEAAECUIAQAAIgShAAAAFGCEAAAIEoQAgAARAlCAACAKEEIAAAQJQgBAACiBCEAAECUIAQAAIgShAAAAFGCEAAAIEoQAgAARAlCAACAKEEIAAAQJQgBAACiBCEAAECUIAQAAIgShAAAAFGCEAAAIEoQAgAARAlCAACAKEEIAAAQJQgBAACiBCEAAECUIAQAAIgShAAAAFGCEAAAIEoQAgAARAlCAACAKEEIAAAQJQgBAACiBCEAAECUIAQAAIgShAAAAFGCEAAAIEoQAgAARAlCAACAKEEIAAAQJQgBAACiBCEAAECUIAQAAIgShAAAAFGCEAAAIEoQAgAARAlCAACAKEEIAAAQJQgBAACiBCEAAECUIAQAAIgShAAAAFGCEAAAIEoQAgAARAlCAACAKEEIAAAQJQgBAACiBCEAAECUIAQAAIgShAAAAFGCEAAAIEoQAgAARAlCAACAKEEIAAAQJQgBAACiBCEAAECUIAQAAIgShAAAAFGCEAAAIEoQAgAARAlCAACAKEEIAAAQJQgBAACiBCEAAECUIAQAAIgShAAAAFGCEAAAIEoQAgAARAlCAACAKEEIAAAQJQgBAACiBCEAAECUIAQAAIgShAAAAFGCEAAAIEoQAgAARAlCAACAKEEIAAAQJQgBAACiBCEAAECUIAQAAIgShAAAAFGCEAAAIEoQAgAARAlCAACAKEEIAAAQJQgBAACiBCEAAECUIAQAAIgShAAAAFGCEAAAIEoQAgAARAlCAACAKEEIAAAQJQgBAACiBCEAAECUIAQAAIgShAAAAFGCEAAAIEoQAgAARAlCAACAKEEIAAAQJQgBAACiBCEAAECUIAQAAIgShAAAAFGCEAAAIEoQAgAARAlCAACAKEEIAAAQJQgBAACiBCEAAECUIAQAAIgShAAAAFGCEAAAIEoQAgAARAlCAACAKEEIAAAQJQgBAACiBCEAAECUIAQAAIgShAAAAFGCEAAAIEoQAgAARAlCAACAKEEIAAAQJQgBAACiBCEAAECUIAQAAIgShAAAAFGCEAAAIEoQAgAARAlCAACAKEEIAAAQJQgBAACiBCEAAECUIAQAAIgShAAAAFGCEAAAIEoQAgAARAlCAACAKEEIAAAQJQgBAACiBCEAAECUIAQAAIgShAAAAFGCEAAAIEoQAgAARAlCAACAKEEIAAAQJQgBAACiBCEAAECUIAQAAIgShAAAAFGCEAAAIEoQAgAARAlCAACAKEEIAAAQJQgBAACiBCEAAECUIAQAAIgShAAAAFGCEAAAIEoQAgAARAlCAACAKEEIAAAQJQgBAACiBCEAAECUIAQAAIgShAAAAFGCEAAAIEoQAgAARAlCAACAKEEIAAAQJQgBAACiBCEAAECUIAQAAIgShAAAAFGCEAAAIEoQAgAARAlCAACAKEEIAAAQJQgBAACiBCEAAECUIAQAAIgShAAAAFGCEAAAIEoQAgAARAlCAACAKEEIAAAQJQgBAACiBCEAAECUIAQAAIgShAAAAFGCEAAAIEoQAgAARAlCAACAKEEIAAAQJQgBAACiBCEAAECUIAQAAIgShAAAAFGCEAAAIEoQAgAARAlCAACAKEEIAAAQJQgBAACiBCEAAECUIAQAAIgShAAAAFGCEAAAIEoQAgAARAlCAACAKEEIAAAQJQgBAACiBCEAAECUIAQAAIgShAAAAFGCEAAAIEoQAgAARAlCAACAqB8SjxC0eWXUMQAAAABJRU5ErkJgglBLAQIUAxQAAAAAAOEAdl0vCWpnEAIAABACAAAIAAAAAAAAAAAAAACAAQAAAABpc3N1ZS5tZFBLAQIUAxQAAAAAAOEAdl3lVBQ3xQ0AAMUNAAAIAAAAAAAAAAAAAACAATYCAABib2F0LnBuZ1BLBQYAAAAAAgACAGwAAAAhEAAAAAA=
-- blob iVBORw0KGgoAAAANSUhEUgAAA4QAAAJYCAYAAAA6xSjbAAANjElEQVR4nO3ZsU1CARiFUR5hCBMhjGRtZeVUVlTWjkSAxC2eK1hIfsN3zgS3/XKXj/1x3fDQ3q/nZXoDAADw/2ynBwAAADBDEAIAAEQJQgAAgChBCAAAECUIAQAAogQhAABAlCAEAACIEoQAAABRghAAACBKEAIAAEQJQgAAgChBCAAAECUIAQAAogQhAABAlCAEAACIEoQAAABRghAAACBKEAIAAEQJQgAAgChBCAAAECUIAQAAogQhAABAlCAEAACIEoQAAABRghAAACBKEAIAAEQJQgAAgChBCAAAECUIAQAAogQhAABAlCAEAACIEoQAAABRghAAACBKEAIAAEQJQgAAgChBCAAAECUIAQAAogQhAABAlCAEAACIEoQAAABRghAAACBKEAIAAEQJQgAAgChBCAAAECUIAQAAogQhAABAlCAEAACIEoQAAABRghAAACBKEAIAAEQJQgAAgChBCAAAECUIAQAAogQhAABAlCAEAACIEoQAAABRghAAACBKEAIAAEQJQgAAgChBCAAAECUIAQAAogQhAABAlCAEAACIEoQAAABRghAAACBKEAIAAEQJQgAAgChBCAAAECUIAQAAogQhAABAlCAEAACIEoQAAABRghAAACBKEAIAAEQJQgAAgChBCAAAECUIAQAAogQhAABAlCAEAACI2k0PAPitt9eXdXoD93X6/FqmNwBAiYcQAAAgShACAABECUIAAIAoQQgAABAlCAEAAKIEIQAAQJQgBAAAiBKEAAAAUYIQAAAgShACAABECUIAAIAoQQgAABAlCAEAAKIEIQAAQJQgBAAAiBKEAAAAUYIQAAAgShACAABECUIAAIAoQQgAABAlCAEAAKIEIQAAQJQgBAAAiBKEAAAAUYIQAAAgShACAABECUIAAIAoQQgAABAlCAEAAKIEIQAAQJQgBAAAiBKEAAAAUYIQAAAgShACAABECUIAAIAoQQgAABAlCAEAAKIEIQAAQJQgBAAAiBKEAAAAUYIQAAAgShACAABECUIAAIAoQQgAABAlCAEAAKIEIQAAQJQgBAAAiBKEAAAAUYIQAAAgShACAABECUIAAIAoQQgAABAlCAEAAKIEIQAAQJQgBAAAiBKEAAAAUYIQAAAgShACAABECUIAAIAoQQgAABAlCAEAAKIEIQAAQJQgBAAAiBKEAAAAUYIQAAAgShACAABECUIAAIAoQQgAABAlCAEAAKIEIQAAQJQgBAAAiBKEAAAAUYIQAAAgShACAABECUIAAIAoQQgAABAlCAEAAKIEIQAAQJQgBAAAiNpNDwAAeDSH56d1egP3dbl9L9Mb4C94CAEAAKIEIQAAQJQgBAAAiBKEAAAAUYIQAAAgShACAABECUIAAIAoQQgAABAlCAEAAKIEIQAAQJQgBAAAiBKEAAAAUYIQAAAgShACAABECUIAAIAoQQgAABAlCAEAAKIEIQAAQJQgBAAAiBKEAAAAUYIQAAAgShACAABECUIAAIAoQQgAABAlCAEAAKIEIQAAQJQgBAAAiBKEAAAAUYIQAAAgShACAABECUIAAIAoQQgAABAlCAEAAKIEIQAAQJQgBAAAiBKEAAAAUYIQAAAgShACAABECUIAAIAoQQgAABAlCAEAAKIEIQAAQJQgBAAAiBKEAAAAUYIQAAAgShACAABECUIAAIAoQQgAABAlCAEAAKIEIQAAQJQgBAAAiBKEAAAAUYIQAAAgShACAABECUIAAIAoQQgAABAlCAEAAKIEIQAAQJQgBAAAiBKEAAAAUYIQAAAgShACAABECUIAAIAoQQgAABAlCAEAAKIEIQAAQJQgBAAAiBKEAAAAUYIQAAAgShACAABECUIAAIAoQQgAABAlCAEAAKIEIQAAQJQgBAAAiBKEAAAAUYIQAAAgShACAABECUIAAIAoQQgAABAlCAEAAKIEIQAAQJQgBAAAiBKEAAAAUYIQAAAgShACAABECUIAAIAoQQgAABAlCAEAAKIEIQAAQJQgBAAAiBKEAAAAUYIQAAAgShACAABECUIAAIAoQQgAABAlCAEAAKIEIQAAQJQgBAAAiBKEAAAAUYIQAAAgShACAABECUIAAIAoQQgAABAlCAEAAKIEIQAAQJQgBAAAiBKEAAAAUYIQAAAgShACAABECUIAAIAoQQgAABAlCAEAAKIEIQAAQJQgBAAAiBKEAAAAUYIQAAAgShACAABECUIAAIAoQQgAABAlCAEAAKIEIQAAQJQgBAAAiBKEAAAAUYIQAAAgShACAABECUIAAIAoQQgAABAlCAEAAKIEIQAAQJQgBAAAiBKEAAAAUYIQAAAgShACAABECUIAAIAoQQgAABAlCAEAAKIEIQAAQJQgBAAAiBKEAAAAUYIQAAAgShACAABECUIAAIAoQQgAABAlCAEAAKIEIQAAQJQgBAAAiBKEAAAAUYIQAAAgShACAABECUIAAIAoQQgAABAlCAEAAKIEIQAAQJQgBAAAiBKEAAAAUYIQAAAgShACAABECUIAAIAoQQgAABAlCAEAAKIEIQAAQJQgBAAAiBKEAAAAUYIQAAAgShACAABECUIAAIAoQQgAABAlCAEAAKIEIQAAQJQgBAAAiBKEAAAAUYIQAAAgShACAABECUIAAIAoQQgAABAlCAEAAKIEIQAAQJQgBAAAiBKEAAAAUYIQAAAgShACAABECUIAAIAoQQgAABAlCAEAAKIEIQAAQJQgBAAAiBKEAAAAUYIQAAAgShACAABECUIAAIAoQQgAABAlCAEAAKIEIQAAQJQgBAAAiBKEAAAAUYIQAAAgShACAABECUIAAIAoQQgAABAlCAEAAKIEIQAAQJQgBAAAiBKEAAAAUYIQAAAgShACAABECUIAAIAoQQgAABAlCAEAAKIEIQAAQJQgBAAAiBKEAAAAUYIQAAAgShACAABECUIAAIAoQQgAABAlCAEAAKIEIQAAQJQgBAAAiBKEAAAAUYIQAAAgShACAABECUIAAIAoQQgAABAlCAEAAKIEIQAAQJQgBAAAiBKEAAAAUYIQAAAgShACAABECUIAAIAoQQgAABAlCAEAAKIEIQAAQJQgBAAAiBKEAAAAUYIQAAAgShACAABECUIAAIAoQQgAABAlCAEAAKIEIQAAQJQgBAAAiBKEAAAAUYIQAAAgShACAABECUIAAIAoQQgAABAlCAEAAKIEIQAAQJQgBAAAiBKEAAAAUYIQAAAgShACAABECUIAAIAoQQgAABAlCAEAAKIEIQAAQJQgBAAAiBKEAAAAUYIQAAAgShACAABECUIAAIAoQQgAABAlCAEAAKIEIQAAQJQgBAAAiBKEAAAAUYIQAAAgShACAABECUIAAIAoQQgAABAlCAEAAKIEIQAAQJQgBAAAiBKEAAAAUYIQAAAgShACAABECUIAAIAoQQgAABAlCAEAAKIEIQAAQJQgBAAAiBKEAAAAUYIQAAAgShACAABECUIAAIAoQQgAABAlCAEAAKIEIQAAQJQgBAAAiBKEAAAAUYIQAAAgShACAABECUIAAIAoQQgAABAlCAEAAKIEIQAAQJQgBAAAiBKEAAAAUYIQAAAgShACAABECUIAAIAoQQgAABAlCAEAAKIEIQAAQJQgBAAAiBKEAAAAUYIQAAAgShACAABECUIAAIAoQQgAABAlCAEAAKIEIQAAQJQgBAAAiBKEAAAAUYIQAAAgShACAABECUIAAIAoQQgAABAlCAEAAKIEIQAAQJQgBAAAiBKEAAAAUYIQAAAgShACAABECUIAAIAoQQgAABAlCAEAAKIEIQAAQJQgBAAAiBKEAAAAUYIQAAAgShACAABECUIAAIAoQQgAABAlCAEAAKIEIQAAQJQgBAAAiBKEAAAAUYIQAAAgShACAABECUIAAIAoQQgAABAlCAEAAKIEIQAAQJQgBAAAiBKEAAAAUYIQAAAgShACAABECUIAAIAoQQgAABAlCAEAAKIEIQAAQJQgBAAAiBKEAAAAUYIQAAAgShACAABECUIAAIAoQQgAABAlCAEAAKIEIQAAQJQgBAAAiBKEAAAAUYIQAAAgShACAABECUIAAIAoQQgAABAlCAEAAKIEIQAAQJQgBAAAiBKEAAAAUYIQAAAgShACAABECUIAAIAoQQgAABAlCAEAAKIEIQAAQJQgBAAAiBKEAAAAUYIQAAAgShACAABECUIAAIAoQQgAABAlCAEAAKIEIQAAQJQgBAAAiBKEAAAAUYIQAAAgShACAABECUIAAIAoQQgAABAlCAEAAKIEIQAAQJQgBAAAiBKEAAAAUYIQAAAgShACAABECUIAAIAoQQgAABAlCAEAAKIEIQAAQJQgBAAAiBKEAAAAUYIQAAAgShACAABECUIAAIAoQQgAABAlCAEAAKIEIQAAQJQgBAAAiBKEAAAAUYIQAAAgShACAABECUIAAIAoQQgAABAlCAEAAKIEIQAAQJQgBAAAiBKEAAAAUYIQAAAgShACAABECUIAAIAoQQgAABAlCAEAAKIEIQAAQJQgBAAAiBKEAAAAUYIQAAAgShACAABECUIAAIAoQQgAABAlCAEAAKIEIQAAQJQgBAAAiBKEAAAAUYIQAAAgShACAABECUIAAICoHxKPELR5ZdQxAAAAAElFTkSuQmCC
-- blob 
