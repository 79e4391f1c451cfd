"""mops.yaml as data, the line each key stands on, and the error that tells it."""

from typing import Any

import yaml


class SettingsError(Exception):
    """A mistake of the user in mops.yaml or in the environment it names; the message is all there is to say."""


Location = tuple[int | str, ...]


def parse(text: str) -> tuple[Any, yaml.Node | None]:
    """The document as data and as nodes, which know their lines."""
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
        _refuse_duplicates(node)
        return yaml.safe_load(text), node
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise SettingsError(f"mops.yaml, line {line}: not valid YAML: {error.problem}") from None
    except yaml.YAMLError as error:
        raise SettingsError(f"mops.yaml: not valid YAML: {error}") from None


def line_of(node: yaml.Node | None, location: Location) -> int:
    """The line of the deepest key or item of the location that exists in the document."""
    line = 1
    for step in location:
        if isinstance(node, yaml.MappingNode):
            entry = next(((key, value) for key, value in node.value if key.value == str(step)), None)
            if entry is None:
                return line
            key, node = entry
            line = key.start_mark.line + 1
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            node = node.value[step]
            line = node.start_mark.line + 1
        else:
            return line
    return line


def _refuse_duplicates(node: yaml.Node | None) -> None:
    """YAML lets the last of two equal keys win, and the first one be lost without a word."""
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            if key.value in seen and key.tag != "tag:yaml.org,2002:merge":
                raise SettingsError(f"mops.yaml, line {key.start_mark.line + 1}: the key {key.value} is there twice")
            seen.add(key.value)
            _refuse_duplicates(value)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            _refuse_duplicates(item)
