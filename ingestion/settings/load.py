"""mops.yaml -> Settings, or one sentence per mistake with the line it is on."""

import difflib
import importlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ValidationError

from ingestion import home as paths
from ingestion import registry
from ingestion.canonical_inputs import NOT_YET, canonical_inputs
from ingestion.settings.feeding import entities_fed
from ingestion.settings.model import Settings
from ingestion.settings.strict import Strict
from ingestion.settings.wording import meant, sentence
from ingestion.settings.yaml_lines import Location, SettingsError, line_of, parse

Mistake = tuple[Location, str]


def load(home: Path) -> Settings:
    """The checked settings of a home; SettingsError says what is wrong and where."""
    file = paths.settings_file(home)
    if not file.is_file():
        raise SettingsError(f"There is no mops.yaml in {home}: `mops init` writes one; or set MOPS_HOME")
    try:
        data, node = parse(file.read_text(encoding="utf-8-sig"))
        settings = Settings.model_validate(data)
    except UnicodeDecodeError:
        raise SettingsError("mops.yaml is not in UTF-8") from None
    except ValidationError as error:
        raise SettingsError(_message(_of_types(error, data), node)) from None
    checks = (_of_sources, _of_counted, _of_trusted, _of_campaigns, _of_files)
    mistakes = [each for check in checks for each in check(settings)]
    if mistakes:
        raise SettingsError(_message(mistakes, node))
    return settings


def mistake(home: Path, location: Location, message: str) -> SettingsError:
    """A mistake that shows only when the settings are used, with its line."""
    _, node = parse(paths.settings_file(home).read_text(encoding="utf-8-sig"))
    return SettingsError(_message([(location, message)], node))


def _message(mistakes: list[Mistake], node: yaml.Node | None) -> str:
    lines: dict[str, None] = {}
    for location, message in mistakes:
        path = ".".join(str(step) for step in location)
        lines[f"mops.yaml, line {line_of(node, location)}: {path + ': ' if path else ''}{message}"] = None
    return "\n".join(lines)


def _of_types(error: ValidationError, data: Any) -> list[Mistake]:
    """One mistake a place; of a value that may take several forms, what is said of the form that fits furthest."""
    mistakes: dict[Location, str] = {}
    for each in error.errors(include_url=False):
        location = _existing(each["loc"], data, missing=each["type"] == "missing")
        is_unknown = each["type"] == "extra_forbidden"
        mistakes.setdefault(location, _unknown_key(str(location[-1])) if is_unknown else sentence(each))
    outer = {location[:length] for location in mistakes for length in range(len(location))}
    return [(location, message) for location, message in mistakes.items() if location not in outer]


def _existing(location: Location, data: Any, missing: bool) -> Location:
    """The location without the steps that only pydantic knows: the branches of unions, the key of a mapping."""
    found: list[int | str] = []
    for step in location:
        is_item = isinstance(data, list) and isinstance(step, int) and step < len(data)
        if is_item or (isinstance(data, dict) and step in data):
            found.append(step)
            data = data[step]
    if missing:
        found.append(location[-1])
    return tuple(found)


def _unknown_key(key: str) -> str:
    close = difflib.get_close_matches(key, _keys_of_all_parts(), n=1)
    hint = f"did you mean {close[0]}?" if close else "mops.example.yaml shows every key that is read"
    return f"unknown key; {hint}"


def _keys_of_all_parts() -> set[str]:
    parts: list[type[BaseModel]] = [Settings, *Strict.__subclasses__()]
    return {field.alias or name for part in parts for name, field in part.model_fields.items()}


def _of_sources(settings: Settings) -> Iterator[Mistake]:
    """Sources that do not exist, and credentials and options that a source does not have."""
    for name, source in settings.sources.vendors().items():
        if name not in registry.source_names():
            hint = meant(name, registry.source_names())
            yield ("sources", name), f"unknown source; {hint}"
            continue
        vendor = importlib.import_module(f"ingestion.sources.{name}")
        for part in ("credentials", "options"):
            known = getattr(vendor, part.upper(), ())
            for key in getattr(source, part):
                if key not in known:
                    yield ("sources", name, part, key), f"{name} has no such entry here; {meant(key, known)}"


def _of_counted(settings: Settings) -> Iterator[Mistake]:
    """In sources_of: entities that do not exist, and sources that are not configured or do not feed the entity."""
    known = {entity for feeds in registry.entities().values() for entity in feeds}
    for entity, sources in settings.sources_of.items():
        if entity not in known:
            yield ("sources_of", entity), f"no source feeds {entity}; {meant(entity, sorted(known))}"
            continue
        feeding = [name for name, entities in entities_fed(settings).items() if entity in entities]
        for number, name in enumerate(sources):
            if name not in feeding:
                told = ", ".join(feeding) or "none"
                yield ("sources_of", entity, number), f"{name} is no configured source of {entity} (there are: {told})"


def _of_trusted(settings: Settings) -> Iterator[Mistake]:
    """In trusted_sources: sources that do not exist."""
    for number, name in enumerate(settings.trusted_sources):
        if name not in registry.source_names():
            yield ("trusted_sources", number), f"unknown source; {meant(name, registry.source_names())}"


def _of_campaigns(settings: Settings) -> Iterator[Mistake]:
    """In campaign_mapping: sources that do not exist."""
    for name in settings.campaign_mapping:
        if name not in registry.source_names():
            yield ("campaign_mapping", name), f"unknown source; {meant(name, registry.source_names())}"


def _of_files(settings: Settings) -> Iterator[Mistake]:
    """In sources.files: inputs that do not exist, and columns that an input does not have, or gets twice."""
    for number, entry in enumerate(settings.sources.files):
        place: Location = ("sources", "files", number)
        if entry.as_ not in canonical_inputs():
            yield (*place, "as"), f"{entry.as_} can't be read yet" if entry.as_ in NOT_YET else _no_input(entry.as_)
            continue
        columns = canonical_inputs()[entry.as_].columns
        for part in ("columns", "constants"):
            for column in getattr(entry, part):
                if column not in columns:
                    yield (*place, part, column), f"{entry.as_} has no such column; {meant(column, columns)}"
        for column in entry.columns.keys() & entry.constants.keys():
            yield (*place, "constants", column), "is given by columns already"


def _no_input(name: str) -> str:
    return f"{name} is no canonical input; {meant(name, canonical_inputs())}"
