"""mops.yaml as data, the line each key stands on, and the error that tells it."""

from collections.abc import Callable
from typing import Any

import yaml


class SettingsError(Exception):
    """A mistake of the user in mops.yaml or in the environment it names; the message is all there is to say."""


Location = tuple[int | str, ...]


class _Loader(yaml.SafeLoader):
    """What looks like a date or a number and is none (2026-13-45) stays text, so that its key can be named."""


def _or_text(construct: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    def constructed(loader: yaml.SafeLoader, node: yaml.ScalarNode) -> Any:
        try:
            return construct(loader, node)
        except (ValueError, AttributeError):  # the latter of !!timestamp, where a date is asked for by its tag
            return node.value

    return constructed


for _tag in ("tag:yaml.org,2002:timestamp", "tag:yaml.org,2002:int", "tag:yaml.org,2002:float"):
    _Loader.add_constructor(_tag, _or_text(yaml.SafeLoader.yaml_constructors[_tag]))


def parse(text: str) -> tuple[Any, yaml.Node | None]:
    """The document as data and as nodes, which know their lines."""
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
        _check_keys(node)
        return yaml.load(text, _Loader), node
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise SettingsError(f"mops.yaml, line {line}: not valid YAML: {error.problem}") from None
    except RecursionError:
        raise SettingsError("mops.yaml: not valid YAML: what is in it holds itself, or goes too deep") from None
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


def _check_keys(node: yaml.Node | None) -> None:
    """Refuse keys that are no words, and the second of two equal ones: YAML lets it win without a word."""
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            place = f"mops.yaml, line {key.start_mark.line + 1}"
            if not isinstance(key, yaml.ScalarNode):
                raise SettingsError(f"{place}: a key must be text")
            if key.value in seen and key.tag != "tag:yaml.org,2002:merge":
                raise SettingsError(f"{place}: the key {key.value} is there twice")
            seen.add(key.value)
            _check_keys(value)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            _check_keys(item)
