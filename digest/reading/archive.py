"""Archives (zip): files of any other format that together are one issue. What unpacks them is loaded when there is one."""

from digest.model import Document, Source

SUFFIXES = (".zip",)
RISKY = True


def read(source: Source) -> Document:
    """Return the files of an archive as one document: an empty line stands between two, and pages are counted on.

    A YAML file beside another states what it does beside a dropped one. A picture that no file refers to stands at the
    end: to which article it belongs is not to be guessed. Of what files state about the issue, the first holds.

    Raises:
        RejectedError: as `members.members` says; `rejected.archive_empty` for one without text, `rejected.no_text_layer`
            if it has pictures; what a format refuses, with the `member`.
    """
    from digest.reading import packed

    return packed.document(source)
