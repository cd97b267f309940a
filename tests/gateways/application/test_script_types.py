"""Types are taken out of scripts, and nothing else is."""

import re
from pathlib import Path

import pytest

from gateways.application.script_types import without_types

PAGES = Path(__file__).parents[3] / "gateways" / "pages"
SCRIPTS = [path.relative_to(PAGES).as_posix() for path in sorted(PAGES.rglob("*.js"))]
COMMENT = re.compile(r"^[ \t]*/\*\*.*?\*/[ \t]*$", re.MULTILINE | re.DOTALL)

TYPED = b"""\
// A list.
/** @typedef {import("./a.js").A} A */

/**
 * The first one.
 * It is there.
 *
 * @template T
 * @param {T[]} list
 */
export function first(list) {
  /** The place. */
  const place = 0; /* no type */
  return /** @type {T} */ (list[place]);
}

class List {
  /** Where it begins, or null. @type {number | null} */
  #start = null;

  /**
   * @param {string} name
   * @param {{ size: number }} options
   */
  sized(name, { size }) {
    return `/** ${name} */ ${size}`;
  }
}
"""
SERVED = b"""\
// A list.


/**
 * The first one.
 * It is there. */




export function first(list) {
  /** The place. */
  const place = 0; /* no type */
  return (list[place]);
}

class List {
  /** Where it begins, or null. */
  #start = null;





  sized(name, { size }) {
    return `/** ${name} */ ${size}`;
  }
}
"""


def test_types_are_not_served_and_everything_else_stays_on_its_line() -> None:
    assert without_types(TYPED) == SERVED


@pytest.mark.parametrize("script", SCRIPTS)
def test_nothing_but_types_is_taken_out_of_the_scripts_of_the_pages(script: str) -> None:
    source = (PAGES / script).read_text(encoding="utf-8")
    served = without_types(source.encode()).decode()
    assert not [line for line in served.splitlines() if "@param" in line or "@type" in line or "@template" in line]
    for written, sent in zip(_without_comments(source), _without_comments(served), strict=True):
        assert sent == written or _without_casts(written) == sent


def _without_comments(script: str) -> list[str]:
    """The lines, with those empty on which nothing stands but documentation."""
    return COMMENT.sub(lambda comment: "\n" * comment[0].count("\n"), script).splitlines()


def _without_casts(line: str) -> str:
    """The line without its comments that begin and end in it."""
    before, _, rest = line.partition("/** @")
    return before + _without_casts(rest.partition("*/")[2].removeprefix(" ")) if rest else before
