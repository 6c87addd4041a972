"""Word documents. What reads them is loaded when there is one."""

from digest.model import Document, Source

SUFFIXES = (".docx", ".docm")
RISKY = True


def read(source: Source) -> Document:
    """Return the paragraphs of a Word document, its headings with their level, and its pictures.

    Pages are known where Word has noted its page breaks, or the writer has set some.

    Raises:
        RejectedError: `rejected.empty`, `rejected.damaged`, `rejected.encrypted`, `rejected.old_word` for what is a
            document of an older Word inside, `rejected.too_much` where it would unpack to too much.
    """
    from digest.reading import word

    return word.document(source)
