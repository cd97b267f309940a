"""Rewrites the recorded schemas of the events: ``python -m tests.schemas.record``.

It refuses nothing. The reviewer of a change sees in the difference how the events have changed.
"""

import json
from pathlib import Path
from typing import Any

from schemas.events import REGISTRY

__all__ = ["RECORDED", "read_recorded"]

RECORDED = Path(__file__).parents[2] / "schemas" / "events" / "recorded.json"


def read_recorded() -> dict[str, Any]:
    recorded: dict[str, Any] = json.loads(RECORDED.read_text(encoding="utf-8"))
    return recorded


def main() -> None:
    text = json.dumps(REGISTRY.json_schemas(), indent=2, sort_keys=True, ensure_ascii=False)
    RECORDED.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
