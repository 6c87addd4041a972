"""The pages of the service, in the site's look: what a template makes of its values."""

from typing import Any

from digest.messages import Messages
from digest.model import Paper
from digest.site import frame
from digest.templating import Templates


def render_form(paper: Paper, templates: Templates, messages: Messages, name: str, **values: Any) -> bytes:
    """Render a page of the service from the template `name`."""
    return frame.page(paper, templates, messages, name, path=None, **values)
