"""The data files behind the vocabulary: ours in `extractors/data`, and the user's own beside them.

The user's folder is named by the environment variable `BOARDPACK_DATA`. A file there of the same name adds to
ours: tables are merged, lists are joined, and an entry of a list of tables replaces ours of the same `name`.
"""

from __future__ import annotations

import os
import tomllib
from pathlib import Path
from typing import Any

OURS = Path(__file__).parent / "data"
VARIABLE = "BOARDPACK_DATA"

Data = dict[str, Any]


class VocabularyError(Exception):
    """A data file cannot be used. `str()` is one line that names the file and what to do."""


def user_folder() -> Path | None:
    """The user's folder, or None where the environment names none."""
    named = os.environ.get(VARIABLE, "").strip()
    return Path(named) if named else None


def read_data(name: str, user: Path | None) -> Data:
    """The data of `name` (`headers.toml`), with the user's file over it."""
    data = _read(OURS / name)
    if user is None:
        return data
    if not user.is_dir():
        raise VocabularyError(f"{VARIABLE} names {user}, which is no folder; create it or unset the variable")
    mine = user / name
    return _merged(data, _read(mine), mine) if mine.is_file() else data


def _read(path: Path) -> Data:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except tomllib.TOMLDecodeError as error:
        raise VocabularyError(f"{path} is not valid TOML: {error}") from None
    except (OSError, UnicodeDecodeError) as error:
        raise VocabularyError(f"{path} cannot be read as UTF-8 text: {error}") from None


def _merged(ours: Data, theirs: Data, path: Path) -> Data:
    merged = dict(ours)
    for name, value in theirs.items():
        old = merged.get(name)
        if old is None:
            merged[name] = value
        elif isinstance(old, dict) and isinstance(value, dict):
            merged[name] = _merged(old, value, path)
        elif isinstance(old, list) and isinstance(value, list):
            merged[name] = _joined(old, value)
        elif type(old) is type(value):
            merged[name] = value
        else:
            raise VocabularyError(
                f"{path}: “{name}” must be a {_WORDS.get(type(old), 'value')}, as in the file it adds to"
            )
    return merged


def _joined(old: list[Any], new: list[Any]) -> list[Any]:
    names = {entry["name"] for entry in new if isinstance(entry, dict) and "name" in entry}
    kept = [entry for entry in old if not (isinstance(entry, dict) and entry.get("name") in names)]
    return kept + new


_WORDS: dict[type, str] = {
    dict: "table",
    list: "list",
    str: "text",
    int: "number",
    float: "number",
    bool: "true or false",
}
