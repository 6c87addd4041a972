"""What readers get of a picture, and what is said of one that cannot be shown."""

import io
import json
import struct
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms

from digest import sandbox, scaling
from digest.errors import DigestError, RejectedError
from digest.scaling import Scaled
from tests.drawn import chart, encoded, photograph


def opened(size: Scaled) -> Image.Image:
    return Image.open(io.BytesIO(size.content))


def is_red(image: Image.Image, place: tuple[int, int]) -> bool:
    red, green, blue = image.convert("RGB").crop((*place, place[0] + 1, place[1] + 1)).tobytes()
    return red > 200 and max(green, blue) < 60


def refusal(content: bytes) -> str:
    with pytest.raises(DigestError) as refused:
        scaling.scale(content)
    return refused.value.code


@pytest.mark.parametrize(
    ("width", "widths"), [(4000, [1280, 640]), (1280, [1280, 640]), (801, [801, 640]), (799, [799]), (300, [300])]
)
def test_a_picture_has_the_sizes_that_it_is_large_enough_for(width: int, widths: list[int]) -> None:
    sizes = scaling.scale(encoded(photograph(width, 500)))
    assert [size.width for size in sizes] == widths
    assert [opened(size).size for size in sizes] == [(size.width, size.height) for size in sizes]
    assert [size.height for size in sizes] == [round(500 * each / width) for each in widths]


@pytest.mark.parametrize("form", ["JPEG", "WEBP", "PNG"])
def test_a_photograph_becomes_a_jpeg(form: str) -> None:
    grain = Image.effect_noise((900, 600), 60).convert("RGB")
    found = scaling.scale(encoded(grain, form))
    assert [(opened(size).format, size.media_type) for size in found] == 2 * [("JPEG", "image/jpeg")]


def test_a_drawing_stays_exact_and_stands_on_white() -> None:
    (size, *_) = scaling.scale(encoded(chart(), "PNG"))
    found = opened(size).convert("RGB")
    assert size.media_type == "image/png"
    assert [found.getpixel(place) for place in ((10, 500), (200, 10))] == [(0x9B, 0x1C, 0x1F), (255, 255, 255)]


def test_a_smaller_size_that_takes_more_is_none() -> None:
    (size,) = scaling.scale(encoded(chart(1280, 500), "PNG"))
    assert (size.width, size.media_type) == (1280, "image/png")


def test_a_picture_stands_upright_and_tells_nothing_of_who_took_it_where() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # it is to be turned a quarter to the right
    exif[0x010F] = "Camera of 顾一苇"
    exif.get_ifd(0x8825)[2] = (30.0, 15.0, 0.0)
    lying = photograph(800, 400)
    lying.paste((255, 0, 0), (0, 0, 100, 100))
    (size,) = scaling.scale(encoded(lying, exif=exif, comment=b"secret", dpi=(300, 300)))
    found = opened(size)
    assert (size.width, size.height) == (400, 800)
    assert is_red(found, (380, 20))
    assert not found.getexif()
    assert not {"exif", "icc_profile", "comment", "xmp", "photoshop"} & found.info.keys()


def test_colours_of_another_space_become_those_of_srgb() -> None:
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB"))
    assert scaling.scale(encoded(photograph(), icc_profile=lab.tobytes()))  # a profile that does not fit is left alone
    assert scaling.scale(encoded(photograph(), icc_profile=b"no profile"))
    cmyk = Image.new("CMYK", (400, 300), (0, 255, 255, 0))
    assert is_red(opened(scaling.scale(encoded(cmyk))[0]), (9, 9))


def test_sixteen_bits_become_eight() -> None:
    (size,) = scaling.scale(encoded(Image.new("I;16", (300, 200), 128 * 256), "PNG"))
    assert opened(size).convert("L").getpixel((9, 9)) == 128


PHOTOGRAPH = encoded(photograph(400, 300))
BROKEN = {
    "empty": b"",
    "a text": b"no picture",
    "cut off": PHOTOGRAPH[:-2000],
    "only a beginning": PHOTOGRAPH[:300],
    "a PNG that is cut off": encoded(photograph(400, 300), "PNG")[:-900],
    "of another kind": encoded(photograph(400, 300), "TIFF"),
    "SVG": b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
}


@pytest.mark.parametrize("content", BROKEN.values(), ids=BROKEN)
def test_a_damaged_or_odd_file_is_none(content: bytes) -> None:
    assert refusal(content) == "broken"


@pytest.mark.parametrize("side", [8_000, 30_000])
def test_a_bomb_is_not_read(side: int) -> None:
    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", head), (b"IDAT", zlib.compress(bytes(1000))), (b"IEND", b"")]
    bomb = b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body)) for kind, body in chunks
    )
    assert refusal(bomb) == "large"


@given(
    at=st.lists(st.tuples(st.integers(0, 9_999), st.integers(0, 255)), min_size=1, max_size=20),
    form=st.sampled_from(["JPEG", "PNG", "GIF", "WEBP"]),
)
@settings(max_examples=60)
def test_no_damage_is_worse_than_the_loss_of_a_picture(at: list[tuple[int, int]], form: str) -> None:
    content = bytearray(encoded(photograph(200, 150), form))
    for place, value in at:
        content[place % len(content)] = value
    try:
        assert scaling.scale(bytes(content))
    except DigestError as refused:
        assert refused.code in {"broken", "large"}  # noqa: PT017 -- it may also be a picture still


@pytest.mark.parametrize("size", [(600, 4), (16, 16), (47, 300)])
def test_an_ornament_is_no_picture(size: tuple[int, int]) -> None:
    assert refusal(encoded(Image.new("RGB", size), "PNG")) == "tiny"


def test_the_same_picture_gives_the_same_bytes() -> None:
    assert scaling.scale(encoded(photograph())) == scaling.scale(encoded(photograph()))


def test_the_sandbox_tells_of_each_picture_in_its_order() -> None:
    pictures = [encoded(photograph(700, 300)), b"no picture", encoded(chart(), "PNG")]
    told = scaling.opened(sandbox.run(scaling.answer, scaling.packed(pictures)), 3)
    assert told == [scaling.scale(pictures[0]), "broken", scaling.scale(pictures[2])]


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"[]\n",
        b'["huge"]\n',
        b"[[]]\n",
        b'[[["image/svg+xml", 9, 9, 1]]]\nx',
        b'[[["image/png", 9, -9, 1]]]\nx',
        b'[[["image/png", 9, 9, 5]]]\nx',
        b'[[["image/png", 9, 9, 1]]]\nxyz',
        b'[[["image/png", "9", 9, 1]]]\nx',
    ],
)
def test_an_answer_is_data_and_a_wrong_one_is_none(answer: bytes) -> None:
    with pytest.raises(RejectedError):
        scaling.opened(answer, 1)


def test_an_answer_that_tells_of_one_picture() -> None:
    told = json.dumps([[["image/png", 9, 8, 1]]]).encode() + b"\nx"
    assert scaling.opened(told, 1) == [(Scaled("image/png", 9, 8, b"x"),)]
