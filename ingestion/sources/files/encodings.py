"""Which encoding a text file is in.

bytes -> name of a Python codec
"""

import codecs
import re
from collections.abc import Iterable
from itertools import islice
from typing import IO

from charset_normalizer import from_bytes

BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
TELLING_LINES = 2_000  # lines with letters beyond ASCII that are looked at

# charset-normalizer tells scripts apart, but takes one Latin code page for another (São for Săo). The letters of a
# language do better: the code page is right under which a text is written in the alphabet of one of its languages.
LATIN = re.compile(r"ascii|cp125[0247]|cp1006|cp4\d\d|cp85\d|iso8859_\d+(?<!_[5678])|latin_1|mac_.*|cp1140|hp_.*")
ALPHABETS = {
    "cp1252": (
        "äöüß", "àâæçéèêëîïôœùûü", "áéíñóúü¿¡", "áâãàçéêíóôõú", "àèéìíòóù", "åäöé", "æøåé", "áëéèïóöü", "áðéíóúýþæö",
    ),
    "cp1250": ("ąćęłńóśźż", "áčďéěíňóřšťúůýž", "áäčďéíĺľňóôŕšťúýž", "áéíóöőúüű", "ăâîşţ", "čćđšž"),
    "cp1254": ("çğıöşüâi̇",),
    "cp1257": ("ąčęėįšųūž", "āčēģīķļņšūž", "äõöüšž"),
}  # fmt: skip
SAME_LANGUAGES = {"iso8859_2": "cp1250", "iso8859_9": "cp1254", "mac_roman": "cp1252"}
PUNCTUATION = frozenset("“”„‘’‚–—…€£§°«»·•\xa0")


def detect(file: IO[bytes]) -> str:
    """The encoding of a whole file; a file of a few broken lines among good UTF-8 is UTF-8."""
    start = file.read(4096)
    for mark, encoding in BYTE_ORDER_MARKS:
        if start.startswith(mark):
            return encoding
    if b"\0" in start:
        return "utf-16-le" if start[1:2] == b"\0" else "utf-16-be"
    file.seek(0)
    return _of_lines(file)


def _of_lines(lines: Iterable[bytes]) -> str:
    good, broken = 0, []
    for line in (line for line in lines if not line.isascii()):
        if _is_utf8(line):
            good += 1
        else:
            broken.append(line)
    if good >= len(broken):
        return "utf-8"
    return _of_single_bytes(b"".join(islice(broken, TELLING_LINES)))


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _of_single_bytes(sample: bytes) -> str:
    best = from_bytes(sample).best()
    if best is not None and not LATIN.fullmatch(best.encoding):
        return best.encoding
    candidates = [*ALPHABETS, *SAME_LANGUAGES]
    return max(candidates, key=lambda encoding: _share_in_one_alphabet(sample, encoding))


def _share_in_one_alphabet(sample: bytes, encoding: str) -> float:
    """How much of what is beyond ASCII belongs to the alphabet of a single language of the code page."""
    text = sample.decode(encoding, errors="replace").lower()
    telling = [letter for letter in text if not letter.isascii() and letter not in PUNCTUATION]
    alphabets = ALPHABETS[SAME_LANGUAGES.get(encoding, encoding)]
    return max(sum(letter in alphabet for letter in telling) for alphabet in alphabets) / max(len(telling), 1)
