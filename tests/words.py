"""The retired words: what to write instead, and where an old word has to stay."""

from collections.abc import Mapping
from typing import Literal, NamedTuple

__all__ = ["ONE_CLASS", "RETIRED", "Retired"]


class Retired(NamedTuple):
    """A word that is not used any more: as an identifier (``names``), or anywhere in a file (``text``).

    Words that match ``pattern`` are refused, unless they match ``unless`` as well. A space stands for any white space.
    ``within`` are the folders in which the word is retired; empty means everywhere. ``allowed`` maps the places in
    which the old word has to stay to the reasons.
    """

    kind: Literal["names", "text"]
    pattern: str
    instead: str
    unless: str = ""
    within: tuple[str, ...] = ()
    allowed: Mapping[str, str] = {}


_FORMER_TYPE = {
    "CHANGELOG.md": "it names the change",
    "schemas/events/upcasters.py": "it maps the former name to today's",
    "tests/figures/recording.py": "it reads journals with the former name",
    "tests/gateways/test_former_types.py": "it reads events recorded under the former name",
}

RETIRED = [
    Retired("names", "HoldTask", "AssignTaskDirectly"),
    Retired("text", r"\bTaskHeld\b", "TaskAssignedDirectly", allowed=_FORMER_TYPE),
    Retired("names", "stays|passes", "pinned, short_lived", within=("actors/",)),
    Retired(
        "names",
        "settled?|told|shown|tell|say",
        "a verb that says what happens, such as admit, describe, render, report, warn, write",
        allowed={
            "actors/engine/": "tell is a method of Thespian's",
            "tests/gateways/command_line/events/test_importing.py": "tell is a method of files",
        },
    ),
    Retired("names", "Happening", "RecordedEvent"),
    Retired("names", "Trouble", "LogOnce"),
    Retired("names", "Turns", "KeyedLocks"),
    Retired("names", "Residents", "EntityRegistry"),
    Retired("names", "Behind", "DrillDown"),
    Retired("names", "Reading", "SnapshotReader, TableReader"),
    Retired("names", "ConfigurationError", "SettingsError"),
    Retired("text", r"\bclass (?:Engine|Journal|Server)\b", "EngineSettings, JournalSettings, …", within=("config/",)),
    Retired("names", r"MOST_\w+|(?:\w+_)?LONGEST(?:_\w+)?|KEPT_\w+", "MAX_x"),
    Retired(
        "text", r"(?:media routing )?\b[Dd]omains?\b(?: names?\b)?", "MRD", unless="media routing domains?|.* names?"
    ),
    Retired(
        "text",
        r"\b[Oo]n (?:the )?record\b|\b(?:from|in|of|over|than|through) the record\b(?!'s)|\bwhole record\b"
        r"|\bthe record (?:alone|belongs|cannot|counts|ends|holds|is gone|is not)\b",
        "the journal; one entry is a recorded event",
    ),
]

ONE_CLASS = (
    "EngineSettings",
    "JournalSettings",
    "Participant",
    "RefusedError",
    "ServerSettings",
    "Settings",
    "SqliteFile",
)
"""Names of which each belongs to one class only."""
