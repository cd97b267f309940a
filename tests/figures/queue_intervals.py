"""Queue intervals."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from datetime import datetime
from pathlib import Path
from typing import Any

import pandas as pd

from tests.figures.asked import Asked
from tests.figures.groups import keys
from tests.figures.intervals import Interval, index_of, intervals
from tests.figures.stays import Stay, stays

__all__ = ["facts", "figures"]

_ENDINGS = ["answered", "abandoned", "expired", "moved", "cancelled"]
_WITHIN = (60, 120, 180, 240)
_KEYS = ["interval", "queue", "mrd"]
_DIMENSIONS = ("queue", "mrd")


def facts(journal: Path) -> list[Stay]:
    return stays(journal)


def figures(facts: list[Stay], asked: Asked) -> list[dict[str, Any]]:
    wanted = [stay for stay in facts if _is_wanted(stay, asked)]
    found = intervals(asked, "30")
    most = _most(wanted, asked, found)
    came = [stay for stay in wanted if asked.holds(stay.came) and stay.came <= asked.as_of]
    counts = _counts(came, asked, found)
    those = [*most, *(key for key in counts if key not in most)]
    none: dict[str, Any] = dict.fromkeys(["offered", *_ENDINGS, "waiting", *_named_within(), *_IN_THRESHOLD], 0)
    none |= dict.fromkeys(["answer_time", "abandon_time"], 0.0)
    none |= dict.fromkeys(["queue", "mrd", "longest_queued", "average_speed_of_answer", "average_abandon"])
    answered = []
    for key in those:
        named = dict(zip(keys(asked, _DIMENSIONS), key, strict=True))
        row = none | named | counts.get(key, {}) | {"max_queued": most.get(key, 0)}
        answered.append(row | _service_levels(row))
    return answered


_IN_THRESHOLD = ["answered_in_threshold", "abandoned_in_threshold"]


def _named_within() -> list[str]:
    return [f"answered_within_{seconds}" for seconds in _WITHIN]


def _is_wanted(stay: Stay, asked: Asked) -> bool:
    if not asked.direction and stay.direction in ("consult", "conference"):
        return False
    return asked.wants(
        queue=stay.queue,
        mrd=stay.mrd,
        channel=stay.channel,
        direction=stay.direction,
        agent=stay.agent_id,
        team=stay.team,
    )


def _counts(came: list[Stay], asked: Asked, found: list[Interval]) -> dict[tuple[str, ...], dict[str, Any]]:
    if not came:
        return {}
    frame = pd.DataFrame([_counted(stay, asked.as_of) for stay in came])
    frame["interval"] = [found[number].label for number in index_of(found, frame["came"])]
    by = keys(asked, _DIMENSIONS)
    groups = frame.groupby(by)
    sums = [name for name in frame if name not in (*_KEYS, "came", "wait", "answer", "patience")]
    table = groups[sums].sum()
    table["longest_queued"] = groups["wait"].max()
    table["average_speed_of_answer"] = groups["answer"].mean()
    table["average_abandon"] = groups["patience"].mean()
    table["answer_time"], table["abandon_time"] = groups["answer"].sum(), groups["patience"].sum()
    rows = table.reset_index().to_dict("records")
    return {tuple(row.pop(name) for name in by): row for row in rows}  # type: ignore[misc]


def _counted(stay: Stay, as_of: datetime) -> dict[str, Any]:
    wait = stay.waited(as_of)
    answered, abandoned = stay.ending == "answered", stay.ending == "abandoned"
    counted: dict[str, Any] = {"queue": stay.queue, "mrd": stay.mrd, "came": stay.came, "wait": wait, "offered": 1}
    counted |= {ending: int(stay.ending == ending) for ending in _ENDINGS}
    counted |= {f"answered_within_{seconds}": int(answered and wait <= seconds) for seconds in _WITHIN}
    return counted | {
        "waiting": int(stay.ending is None),
        "answer": wait if answered else None,
        "patience": wait if abandoned else None,
        "answered_in_threshold": int(answered and wait <= stay.threshold),
        "abandoned_in_threshold": int(abandoned and wait <= stay.threshold),
    }


def _most(wanted: list[Stay], asked: Asked, found: list[Interval]) -> dict[tuple[str, ...], int]:
    """The most tasks that waited at the same time, for each interval in which a task waited."""
    groups: dict[tuple[str, ...], list[Stay]] = defaultdict(list)
    for stay in wanted:
        groups[tuple(getattr(stay, name) for name in keys(asked, _DIMENSIONS)[1:])].append(stay)
    most = {}
    for group, those in groups.items():
        changes = _waiting(those, asked.as_of)
        instants, waiting = list(changes.index), changes.to_list()
        for each in found:
            first, end = bisect_right(instants, each.begin), bisect_left(instants, each.end)
            peak = max(waiting[max(first - 1, 0) : end], default=0)
            if peak > 0:
                most[(each.label, *group)] = peak
    return most


def _waiting(those: list[Stay], as_of: datetime) -> "pd.Series[int]":
    """The number of waiting tasks from each instant on at which it changed."""
    changes = [(pd.Timestamp(stay.came), 1) for stay in those]
    changes += [(pd.Timestamp(max(stay.went or as_of, stay.came)), -1) for stay in those]
    instants, changed = zip(*changes, strict=True)
    index = pd.DatetimeIndex(instants)
    return pd.Series(changed, index=index).groupby(level=0).sum().sort_index().cumsum()


def _service_levels(row: dict[str, Any]) -> dict[str, float | None]:
    offered, answered, abandoned = row["offered"], row["answered_in_threshold"], row["abandoned_in_threshold"]
    return {
        "service_level": _share(answered, offered - abandoned),
        "service_level_of_offered": _share(answered, offered),
        "service_level_with_abandoned": _share(answered + abandoned, offered),
    }


def _share(part: int, whole: int) -> float | None:
    return 100.0 * part / whole if whole else None
