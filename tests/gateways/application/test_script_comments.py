"""Comments are taken out of scripts, and nothing else is."""

import re
from pathlib import Path

import pytest

from gateways.application.script_comments import without_comments, without_indentation

PAGES = Path(__file__).parents[3] / "gateways" / "pages"
SCRIPTS = [path.relative_to(PAGES).as_posix() for path in sorted(PAGES.rglob("*.js"))]

WRITTEN = b"""\
// A list.
/** @typedef {import("./a.js").A} A */

/**
 * The first one.
 *
 * @template T
 * @param {T[]} list
 */
export function first(list) {
  const place = 0; // from zero
  return /** @type {T} */ (list[place]);
}

class List {
  /** Where it begins, or null. */
  #start = "https://a/b";

  sized(name, { size }) {
    return `/** ${name} */ ${size}`; /* no type */
  }
}
"""
SERVED = b"""\









export function first(list) {
  const place = 0; // from zero
  return (list[place]);
}

class List {

  #start = "https://a/b";

  sized(name, { size }) {
    return `/** ${name} */ ${size}`; /* no type */
  }
}
"""


def test_comments_are_not_served_and_everything_else_stays_on_its_line() -> None:
    assert without_comments(WRITTEN) == SERVED


@pytest.mark.parametrize("script", SCRIPTS)
def test_what_is_served_has_all_lines_of_code_in_their_places(script: str) -> None:
    source = (PAGES / script).read_text(encoding="utf-8").splitlines()
    served = without_comments((PAGES / script).read_bytes()).decode().splitlines()
    assert len(served) in (len(source), len(source) - 1)
    in_comment = False
    for written, sent in zip(source, served, strict=False):
        in_comment = in_comment or written.lstrip().startswith("/**")
        if in_comment or written.lstrip().startswith("//"):
            assert sent == "" or "*/" in written
        else:
            assert sent == re.sub(r"/\*\* @.*?\*/ ?", "", written)
        in_comment = in_comment and "*/" not in written


def test_indentation_and_empty_lines_go() -> None:
    assert without_indentation(b"a(() => {\n\n  b();\n\n});\n") == b"a(() => {\nb();\n});\n"
