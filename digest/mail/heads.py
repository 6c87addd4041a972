"""What stands above the stories of a letter: subject, preheader, and the lines under the paper's name."""

from datetime import date

from digest import text
from digest.mail.envelope import header_text
from digest.messages import Messages
from digest.model import Digest, DigestIssue, Occasion
from digest.overview import overview as overview_of

_SUBJECT_CHARS = 60
_TITLE_CHARS = 40
_PREHEADER_CHARS = 100
_TOPICS_CHARS = 200

_SUBJECTS: dict[Occasion, str] = {
    "issue": "letter.subject",
    "daily": "letter.subject_daily",
    "weekly": "letter.subject_weekly",
    "welcome": "letter.subject_welcome",
}
_CADENCES: dict[Occasion, str] = {"daily": "letter.daily", "weekly": "letter.weekly"}


def subject(digest: Digest, say: Messages) -> str:
    """Return the subject: paper, day or days, and the lead story's headline."""
    headline = text.clipped(digest.items[0].title, _SUBJECT_CHARS)
    title = text.clipped(digest.title, _TITLE_CHARS)
    code = _SUBJECTS[digest.occasion]
    return header_text(say(code, title=title, day=_days(digest, say, "date.short"), headline=headline))


def preheader(digest: Digest, say: Messages) -> str:
    """Return what mail programs show behind the subject: the other headlines."""
    lead, *rest = digest.items
    titles = say("letter.separator").join(item.title for item in rest[:5])
    return text.clipped(say("letter.preheader", titles=titles) if rest else lead.summary, _PREHEADER_CHARS)


def imprint(digest: Digest, say: Messages) -> list[str]:
    """Return what stands under the paper's name: how often such a letter comes, its days, and what issue it is about."""
    cadence = [say(_CADENCES[digest.occasion])] if digest.occasion in _CADENCES else []
    days = [_days(digest, say, "date.long")]
    days += [say.day("date.weekday", digest.issues[0].day)] if _span(digest) is None else []
    if len(digest.issues) > 1:
        return [*cadence, *days, say("letter.issues", n=len(digest.issues))]
    masthead = digest.issues[0].masthead
    lunar = [say("site.lunar", lunar=masthead.lunar_date)] if masthead.lunar_date else []
    return [*cadence, *days, *lunar, *_number(digest.issues[0], say)]


def of_issue(issue: DigestIssue, say: Messages) -> str:
    """Return the heading of one of several issues: its day and its number."""
    day = [say.day("date.short", issue.day), say.day("date.weekday", issue.day)]
    return "\u2002".join([*day, *_number(issue, say)])


def topics(digest: Digest, say: Messages) -> str | None:
    """Return which topics the subscriber has chosen; None for all that there is."""
    if not digest.topics:
        return None
    named = (topic.partition(":") for topic in digest.topics)
    words = (say("letter.keyword", name=name) if kind == "keyword" else name for kind, _, name in named)
    return say("letter.topics", topics=text.clipped(say("letter.comma").join(words), _TOPICS_CHARS))


def overview(digest: Digest, say: Messages) -> str:
    """Return the line about all articles: "this issue" where they are all of one."""
    titles = [item.title for item in sorted(digest.items, key=lambda item: item.rank)]
    whole = len(digest.issues) == 1 and not digest.topics
    return overview_of(titles, say, "site.overview" if whole else "letter.overview")


def _number(issue: DigestIssue, say: Messages) -> list[str]:
    return [say("site.number", number=issue.masthead.number)] if issue.masthead.number else []


def _days(digest: Digest, say: Messages, code: str) -> str:
    """Return the day of the letter's issues in the pattern of `code`, or the first and the last of their days."""
    if (span := _span(digest)) is None:
        return say.day(code, digest.issues[0].day)
    first, last = (say.day("date.short", day) for day in span)
    return say("letter.days", first=first, last=last)


def _span(digest: Digest) -> tuple[date, date] | None:
    days = sorted(issue.day for issue in digest.issues)
    return (days[0], days[-1]) if days[0] != days[-1] else None
