"""A company's first mops.yaml, cut out of mops.example.yaml: its tools, and everything else as a comment.

mops.example.yaml, names of sources -> the text of mops.yaml
"""

import re
from collections.abc import Collection

_NEEDED = ("start_date", "credentials")  # of a vendor's settings; the others in the example become comments

Blocks = dict[str, list[str]]


def first_settings(example: str, sources: Collection[str], home_currency: str, time_zone: str) -> str:
    """The text of a mops.yaml for these sources, in the order of the example."""
    general, _, vendors = example.partition("\nsources:\n")
    values = {"home_currency": home_currency, "time_zone": time_zone}
    chosen = {name: block for name, block in _blocks(vendors).items() if name in sources}
    blocks = [_files(block) if name == "files" else _needed(block) for name, block in chosen.items()]
    head = "sources:" if chosen.keys() - {"files"} else "# sources:"
    return "\n".join([*_general(general, values), head, *("\n".join(block) + "\n" for block in blocks)])


def known_sources(example: str) -> list[str]:
    """The sources that the example shows."""
    return list(_blocks(example.partition("\nsources:\n")[2]))


def _general(text: str, values: dict[str, str]) -> list[str]:
    lines = []
    for line in text.splitlines():
        key = line.partition(":")[0]
        if key in values:
            lines.append(re.sub(r": \S+", f": {values[key]}", line, count=1))
        else:
            lines.append(_commented(line))
    return [*lines, ""]


def _blocks(text: str) -> Blocks:
    """Source -> its lines, with the comment above it."""
    blocks: Blocks = {}
    above: list[str] = []
    name = ""
    for line in text.splitlines():
        if found := re.match(r"  (\w+):", line):
            name = found[1]
            blocks[name] = [*above, line]
            above = []
        elif line.startswith("  #"):
            above.append(line)
        elif name:
            blocks[name].append(line)
    return {name: "\n".join(lines).rstrip().splitlines() for name, lines in blocks.items()}


def _needed(block: list[str]) -> list[str]:
    """The block with its further settings as comments; where nothing else would be left, as it is."""
    keys = [key for line in block if (key := _key(line))]
    if not set(keys) & set(_NEEDED):
        return block
    lines, is_needed = [], True
    for line in block:
        if key := _key(line):
            is_needed = key in _NEEDED
        lines.append(line if is_needed else _commented(line, 4))
    return lines


def _files(block: list[str]) -> list[str]:
    """The block as comments: what files there are, nobody else can say."""
    return [_commented(line, 2) for line in block]


def _key(line: str) -> str:
    """The setting of a vendor that begins on the line."""
    found = re.match(r"    (\w+):", line)
    return found[1] if found else ""


def _commented(line: str, depth: int = 0) -> str:
    """The line as a comment that begins at a depth; one that is a comment or empty stays."""
    is_said = line.strip() and not line.lstrip().startswith("#")
    return f"{line[:depth]}# {line[depth:]}" if is_said else line
