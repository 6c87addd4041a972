"""A note to one subscriber: what a paper tells about a subscription, with one link at most."""

from digest.mail.envelope import header_text
from digest.mail.looks import accents, inlined
from digest.messages import Messages
from digest.model import Letter, Paper
from digest.templating import Templates


def render_note(
    paper: Paper,
    templates: Templates,
    messages: Messages,
    code: str,
    *,
    url: str | None = None,
    postal_identity: str = "",
    **facts: object,
) -> Letter:
    """Render the note whose words the catalogue holds under `code`: subject, `_text`, `_why` and, with a `url`, `_link`."""
    light, dark = accents(paper.accent)
    facts |= {"title": paper.title}
    values = {
        "paper": paper,
        "say": messages,
        "subject": header_text(messages(code, **facts)),
        "text": messages(f"{code}_text", **facts),
        "why": messages(f"{code}_why", **facts),
        "link": messages(f"{code}_link", **facts) if url else None,
        "url": url,
        "accent": light,
        "dark_accent": dark,
        "postal_identity": postal_identity,
    }
    html = inlined(templates.html("mail/note.html", **values))
    return Letter(subject=str(values["subject"]), html=html, text=templates.text("mail/note.txt", **values))
