"""A publication of the settings as its readers meet it."""

from digest.model import OwnFiles, Paper
from digest.settings import Publication, Settings

_NONE = OwnFiles()


def paper(settings: Settings, publication: Publication, printed: str | None, own: OwnFiles = _NONE) -> Paper:
    """Return the paper; a title that is not set is the one that a masthead has `printed`."""
    theme = publication.theme
    return Paper(
        slug=publication.slug,
        title=publication.title or printed or publication.slug,
        description=publication.description,
        language=publication.language,
        zone=publication.zone,
        url=settings.home_url(publication),
        service_url=settings.service_url + settings.home(publication),
        accent=theme.accent,
        logo=f"logo{theme.logo.suffix.lower()}" if theme.logo and own.logo else None,
        masthead=theme.masthead,
        spaced=theme.paragraphs == "spaced",
        legal=publication.legal,
        about=own.about,
    )
