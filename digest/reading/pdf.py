"""PDF with a text layer. What reads it is large, and loaded when there is one to read."""

from digest.model import Document, Source

SUFFIXES = (".pdf",)
RISKY = True


def read(source: Source) -> Document:
    """Return the text of a PDF in reading order, its pages, its headings by the size of their type, and its pictures.

    Raises:
        RejectedError: `rejected.empty`, `rejected.damaged`, `rejected.encrypted`, `rejected.no_text_layer` for a scan,
            `rejected.garbled` where the characters of the text layer mean nothing.
    """
    from digest.reading import pages

    return pages.document(source)
