"""Every type of message that goes to people, made as the program makes it, with what a reader has to find in it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import get_args

from digest import mail, receipts, templating
from digest.errors import RejectedError
from digest.mail.envelope import header_text
from digest.messages import Messages
from digest.model import (
    Article,
    Digest,
    Form,
    Keyword,
    Letter,
    Message,
    Occasion,
    Paper,
    Rendition,
    StoredIssue,
    Withdrawal,
)
from digest.settings import Language
from tests.builders import ISSUE, PAPER, issue_of
from tests.mail.checker import Wanted

TEMPLATES = templating.load()
IDENTITIES = {
    "zh": "云汀日报社 · 云汀市柳荫路8号 · letters@paper.example",
    "en": "The Aldermere Courier, 8 Willow Lane, Aldermere; letters@paper.example",
}
TOKEN = "k3v9qz7mwt4hxd2rbn8p.Z2FtbWEtZGVsdGEtZXBzaWxvbi16ZXRhLWV0YQ"
COURIER = replace(PAPER, slug="courier", title="The Aldermere Courier", language="en", url="https://paper.example/")
PICTURE = Rendition("ab" * 32, "image/jpeg", 640, 427, 48_000)

STORIES = (
    Article(
        headline="The ferry is back after three years",
        subheadline="Twelve crossings a day, and the first one free",
        section="News",
        paragraphs=("The ferry left the east quay at ten past six with forty-three people on board.",),
        keywords=(Keyword("ferry", 0.9), Keyword("east quay", 0.6)),
        summary=("The ferry left the east quay at ten past six with forty-three people on board.",),
        pictures=(
            replace(ISSUE.articles[0].article.pictures[0], caption="The ferry at the east quay.", credit="A. Fenn"),
        ),
        rank=1,
    ),
    Article(
        headline="Library opens until ten at weekends",
        section="News",
        paragraphs=("From this week the library stays open until ten on Fridays and Saturdays.",),
        keywords=(Keyword("library", 0.8),),
        summary=("From this week the library stays open until ten on Fridays and Saturdays.",),
        rank=3,
    ),
    Article(
        kind="letter",
        headline="Whose cow is it?",
        section="Letters",
        paragraphs=("A brown cow with a red ribbon has been standing in our orchard since Sunday.",),
        summary=("A brown cow with a red ribbon has been standing in our orchard since Sunday.",),
        rank=2,
    ),
)


def illustrated(issue: StoredIssue) -> StoredIssue:
    """Return the issue with bytes for the picture of its first article."""
    first, *others = issue.articles
    picture = replace(first.article.pictures[0], original="ab" * 32, sizes=(PICTURE,))
    return replace(issue, articles=(replace(first, article=replace(first.article, pictures=(picture,))), *others))


def before(issue: StoredIssue, days: int) -> StoredIssue:
    """Return the issue as if it had appeared so many days before."""
    day = issue.published.date() - timedelta(days=days - 1)
    path = f"{day:%Y/%m/%d}/"
    articles = (
        replace(one, id=f"{one.id}-{days}", path=f"{path}{n}/") for n, one in enumerate(issue.articles, start=1)
    )
    number = None if issue.masthead.number is None else issue.masthead.number - days
    masthead = replace(issue.masthead, date=day, number=number, lunar_date=None)
    published = issue.published - timedelta(days=days)
    return replace(issue, path=path, masthead=masthead, articles=tuple(articles), published=published)


CHINESE = illustrated(ISSUE)
ENGLISH = illustrated(issue_of(*STORIES, issue=replace(ISSUE, masthead=replace(ISSUE.masthead, lunar_date=None))))


def digest_of(paper: Paper, issue: StoredIssue, occasion: Occasion, form: Form) -> Digest:
    """Return a letter's content: all of an issue; of a day's two, with a correction; of what was chosen of a week's."""
    lake, other = issue.articles[:2]
    if occasion == "daily":
        second = replace(before(issue, 1), masthead=replace(issue.masthead, number=None))
        told = [before(issue, 2).articles[0], replace(other, withdrawn=Withdrawal(issue.updated, "x"))]
        return mail.compose(paper, [issue, second], told, occasion=occasion, form=form)
    if occasion == "weekly":
        topics = [f"section:{lake.article.section}", f"keyword:{lake.article.keywords[0].term}"]
        week = [replace(one, articles=one.articles[:2]) for one in (issue, before(issue, 2), before(issue, 4))]
        return mail.compose(paper, week, occasion=occasion, form=form, topics=topics)
    return mail.compose(paper, [issue], occasion=occasion, form=form)


def addressed(paper: Paper, letter: Letter) -> Message:
    """Return a letter to one subscriber, with all the headers that it can have."""
    return mail.address(
        letter,
        sender="digest@paper.example",
        sender_name=paper.title,
        recipient="reader@home.example",
        unsubscribe_url=f"https://service.example/unsubscribe/{paper.slug}/{TOKEN}",
        preferences_url=f"https://service.example/preferences/{TOKEN}",
        list_id=f"{paper.slug}.paper.example",
        message_id="<q7w1e5r9.t3y8u2i6@paper.example>",
        date=datetime(2026, 11, 19, 23, 30, tzinfo=UTC),
        unsubscribe_mail=f"mailto:bounce+unsubscribe@paper.example?subject=unsubscribe%20{TOKEN}",
        reply_to="letters@paper.example",
    )


def told(sender: str, letter: Letter) -> Message:
    """Return a note or a notice, as `sending.notify` sends it."""
    return Message(
        sender=mail.mailbox(sender, "digest@paper.example"),
        recipient="reader@home.example",
        subject=header_text(letter.subject),
        html=letter.html,
        text=letter.text,
        message_id="<z4x8c2v6@paper.example>",
        date=datetime(2026, 11, 19, 23, 30, tzinfo=UTC),
        headers={"Auto-Submitted": "auto-generated"},
    )


def every() -> dict[str, tuple[Message, Wanted]]:
    """Return the types by name."""
    found: dict[str, tuple[Message, Wanted]] = {}
    languages: tuple[Language, ...] = get_args(Language)
    for language in languages:
        paper, issue = (PAPER, CHINESE) if language == "zh" else (COURIER, ENGLISH)
        say, identity = Messages(language), IDENTITIES[language]
        for occasion in get_args(Occasion):
            for form in get_args(Form):
                if (occasion, form) == ("welcome", "headlines"):
                    continue
                digest = digest_of(paper, issue, occasion, form)
                message = addressed(paper, mail.render(digest, TEMPLATES, say, identity))
                titles = tuple(item.title for item in digest.items)
                why = say("letter.why", title=paper.title)
                wanted = Wanted("letter", message.recipient, identity, why, digest.site_url, titles, reply_to=True)
                found[f"{occasion}-{form}-{language}"] = message, wanted
        url = f"https://service.example/confirm/{TOKEN}"
        note = mail.render_note(paper, TEMPLATES, say, "letter.confirm", url=url, postal_identity=identity, hours="72")
        why = say("letter.confirm_why", title=paper.title)
        message = told(paper.title, note)
        found[f"confirm-{language}"] = message, Wanted("note", message.recipient, identity, why)
        text = receipts.rejected("2026-11-20.docx", RejectedError("rejected.empty"), say)
        message = told("", Letter(subject=text.partition("\n")[0], html="", text=text))
        found[f"receipt-{language}"] = message, Wanted("notice", message.recipient)
    return found
