"""Scaling: a picture as it came → the sizes that readers get. `answer` does it in a process that is not trusted.

What is published holds the picture and nothing else: no EXIF, no place, no colour profile. It is upright, opaque and
sRGB, and a JPEG or a PNG, which every browser, feed reader and mail program shows.
"""

import io
import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple

from digest.errors import DigestError, RejectedError
from digest.model import MediaType

if TYPE_CHECKING:
    from PIL.Image import Image

WIDTHS = (1280, 640)
"""How wide pictures are shown, in pixels: on large screens, on small ones. None is made larger than it came."""

WORTH_IT = 0.8
"""A smaller size is made where it has at most this share of the width of the largest, and kept if it takes less."""

MAX_PIXELS = 60_000_000
"""A picture with more is not read: a small file can hold more than any memory does."""

MIN_SIDE = 48
"""A picture less wide or high is an ornament: a rule, a bullet, an icon."""

Fault = Literal["broken", "large", "tiny"]
"""Why a picture is not shown: its bytes are no JPEG, PNG, GIF or WebP, or a damaged one; its size."""

_FORMATS = ("JPEG", "PNG", "GIF", "WEBP")
_TYPES: tuple[MediaType, ...] = ("image/jpeg", "image/png")
_QUALITY = 82


class Scaled(NamedTuple):
    """One size of a picture, in pixels, with its bytes."""

    media_type: MediaType
    width: int
    height: int
    content: bytes


def scale(content: bytes) -> tuple[Scaled, ...]:
    """Return the sizes of a picture, the largest first.

    Raises:
        DigestError: a `Fault`.
    """
    from PIL import Image, ImageOps

    try:
        with Image.open(io.BytesIO(content), formats=_FORMATS) as image:
            if image.width * image.height > MAX_PIXELS:
                raise DigestError("large")
            if min(image.size) < MIN_SIDE:
                raise DigestError("tiny")
            lossless = image.format in {"PNG", "GIF"}
            image.draft(None, (2 * WIDTHS[0], 2 * WIDTHS[0]))  # a large JPEG need not be read in full
            whole = _plain(ImageOps.exif_transpose(image))
        first, *others = (_sized(whole, width, lossless=lossless) for width in _widths(whole.width))
        return (first, *(size for size in others if len(size.content) < len(first.content)))
    except DigestError:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise DigestError("large") from error
    except Exception as error:  # damaged files make Pillow raise almost anything
        raise DigestError("broken") from error


def packed(pictures: Sequence[bytes]) -> bytes:
    """Return pictures as bytes for `answer`."""
    return b"\n".join([json.dumps([*map(len, pictures)]).encode(), b"".join(pictures)])


def answer(question: bytes) -> bytes:
    """Return the sizes, or the fault, of each of the packed pictures as bytes for `opened`."""
    head, _, rest = question.partition(b"\n")
    told: list[object] = []
    contents: list[bytes] = []
    at = 0
    for length in json.loads(head):
        try:
            sizes = scale(rest[at : at + length])
        except DigestError as error:
            told.append(error.code)
        else:
            told.append([[size.media_type, size.width, size.height, len(size.content)] for size in sizes])
            contents += [size.content for size in sizes]
        at += length
    return b"\n".join([json.dumps(told).encode(), b"".join(contents)])


def opened(answered: bytes, count: int) -> list[tuple[Scaled, ...] | Fault]:
    """Return what an answer tells of `count` pictures; it is taken for data and nothing else.

    Raises:
        RejectedError: `rejected.reader_failed` where it is no answer.
    """
    head, _, rest = answered.partition(b"\n")
    stream = io.BytesIO(rest)
    try:
        told = [_told(each, stream) for each in json.loads(head)]
    except (ValueError, TypeError) as error:
        raise RejectedError("rejected.reader_failed", detail=type(error).__name__) from error
    if len(told) != count or stream.read(1):
        raise RejectedError("rejected.reader_failed", detail="length")
    return told


def _told(each: object, stream: io.BytesIO) -> tuple[Scaled, ...] | Fault:
    if isinstance(each, list) and each:
        return tuple(_size(stream, *size) for size in each)
    match each:
        case "broken" | "large" | "tiny" as fault:
            return fault
    raise TypeError


def _size(stream: io.BytesIO, kind: object, width: object, height: object, length: object) -> Scaled:
    media_type = next((known for known in _TYPES if known == kind), None)
    if media_type is None or not isinstance(width, int) or not isinstance(height, int) or not isinstance(length, int):
        raise TypeError
    content = stream.read(max(length, 1))
    if min(width, height) < 1 or len(content) != length:
        raise ValueError
    return Scaled(media_type, width, height, content)


def _plain(image: "Image") -> "Image":
    """Return a picture in sRGB, on white where it is transparent, with eight bits a channel."""
    from PIL import Image, ImageCms

    profile = image.info.get("icc_profile")
    if image.mode.startswith("I"):
        image = image.point(lambda value: value / 256).convert("L")
    if image.has_transparency_data:
        layer = image.convert("RGBA")
        image = Image.alpha_composite(Image.new("RGBA", layer.size, "white"), layer)
    if image.mode not in {"L", "CMYK"}:
        image = image.convert("RGB")
    if profile:
        try:
            own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            image = ImageCms.profileToProfile(image, own, ImageCms.createProfile("sRGB"), outputMode="RGB") or image
        except (ImageCms.PyCMSError, OSError):  # a profile of another kind of picture, or none
            pass
    return image.convert("RGB")


def _widths(width: int) -> list[int]:
    largest = min(width, WIDTHS[0])
    return [largest, *(smaller for smaller in WIDTHS[1:] if smaller <= WORTH_IT * largest)]


def _sized(whole: "Image", width: int, *, lossless: bool) -> Scaled:
    """Return a picture in a width, as a JPEG or, where it came without loss and takes no more so, as a PNG: drawings do."""
    from PIL import Image

    height = max(1, round(whole.height * width / whole.width))
    image = whole if width == whole.width else whole.resize((width, height), Image.Resampling.LANCZOS)
    found = [Scaled("image/jpeg", width, height, _saved(image, "JPEG", quality=_QUALITY, progressive=True))]
    if lossless:
        drawn = whole.getcolors(256) is not None
        exact = image.quantize(256, dither=Image.Dither.NONE) if drawn else image
        found.append(Scaled("image/png", width, height, _saved(exact, "PNG")))
    return min(found, key=lambda size: len(size.content))


def _saved(image: "Image", form: str, **options: object) -> bytes:
    stream = io.BytesIO()
    image.info.clear()
    image.save(stream, form, optimize=True, **options)
    return stream.getvalue()
