"""A publication of the settings as its readers meet it."""

from digest.model import Paper
from digest.settings import Publication, Settings


def paper(settings: Settings, publication: Publication, printed: str | None) -> Paper:
    """Return the paper; a title that is not set is the one that a masthead has `printed`."""
    return Paper(
        slug=publication.slug,
        title=publication.title or printed or publication.slug,
        description=publication.description,
        language=publication.language,
        zone=publication.zone,
        url=settings.site_url + settings.home(publication),
        accent=publication.theme.accent,
    )
