"""The scripts of the pages that need no page, tested in Node.js, and the sizes of all of them as they are served."""

import json
import os
import subprocess
from pathlib import Path

import pytest

from gateways.application.page_files import PageFiles
from schemas.customer_texts import placeholders_in
from schemas.widget_texts import WIDGET_TEXTS
from tests.node import node_program

_HERE = Path(__file__).parent
_PAGES = _HERE.parents[2] / "gateways" / "pages"
EDITION = PageFiles(_PAGES).edition()


@pytest.fixture
def node_js() -> Path:
    return node_program()


@pytest.mark.parametrize("script", sorted(file.name for file in _HERE.glob("*.test.mjs")))
def test_the_script_s_own_tests_pass(node_js: Path, script: str) -> None:
    done = subprocess.run(
        [node_js, "--test", _HERE / script],
        env={**os.environ, "PAGES": str(_PAGES)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    assert "pass 0" not in done.stdout


def test_no_script_is_left_out_of_the_check_of_types() -> None:
    scripts = {path: path.read_text(encoding="utf-8") for path in _PAGES.rglob("*.js")}
    assert [path for path, script in scripts.items() if "@ts-nocheck" in script] == []
    checked = json.loads((_PAGES / "tsconfig.json").read_text(encoding="utf-8"))
    assert checked["compilerOptions"].items() >= {"checkJs": True, "strict": True}.items()
    assert (checked["include"], checked.keys() & {"exclude", "files"}) == (["**/*"], set())


def test_the_loader_of_the_widget_weighs_no_more_than_it_may() -> None:
    assert len(EDITION.files["widget/loader.js"].compressed) <= 4 * 1024


def test_the_frame_of_the_widget_weighs_no_more_than_it_may() -> None:
    """With one language. Each is a file of its own, of which a visitor loads one."""
    scripts = [*EDITION.scripts("widget/frame.js"), "widget/texts/de.js"]
    files = [EDITION.files[path] for path in [*scripts, "widget/frame.css"]]
    assert sum(len(file.compressed) for file in [EDITION.pages["widget"], *files]) <= 25 * 1024


def test_callbacks_are_loaded_when_they_are_needed_and_weigh_no_more_than_they_may() -> None:
    """With one language."""
    with_the_frame = EDITION.scripts("widget/frame.js")
    scripts = [path for path in EDITION.scripts("widget/callback.js") if path not in with_the_frame]
    files = [EDITION.files[path] for path in [*scripts, "widget/callback.css", "widget/texts/callback/de.js"]]
    assert sum(len(file.compressed) for file in files) <= 14 * 1024
    assert [path for path in with_the_frame if "callback" in path] == []


def test_the_desk_weighs_no_more_than_it_may() -> None:
    """In German, for which the English words come too; with all that it shares with other pages."""
    styles = ["base/theme.css", "base/controls.css", "desk/desk.css", "desk/log.css"]
    words = ["desk/words/de.js", "base/words/de.js"]
    files = [EDITION.files[path] for path in [*EDITION.scripts("desk/desk.js"), *styles, *words]]
    assert sum(len(file.compressed) for file in [EDITION.pages["desk"], *files]) <= 80 * 1024


def test_the_dashboard_weighs_no_more_than_it_may() -> None:
    """With one language, and without what all pages share."""
    assert _own_weight("reports", EDITION.scripts("reports/reports.js")) <= 20 * 1024


def test_reports_are_loaded_when_they_are_needed_and_weigh_no_more_than_they_may() -> None:
    at_once = EDITION.scripts("reports/reports.js")
    later = [path for path in EDITION.scripts("reports/report-view.js") if path not in at_once]
    assert "reports/report-view.js" in later
    assert sum(len(EDITION.files[path].compressed) for path in later if path.startswith("reports/")) <= 20 * 1024


def _own_weight(page: str, scripts: list[str]) -> int:
    own = [path for path in scripts if path.startswith(f"{page}/")]
    files = [EDITION.files[path] for path in [*own, f"{page}/words/de.js", f"{page}/{page}.css"]]
    return sum(len(file.compressed) for file in files)


def test_channels_may_word_exactly_the_texts_that_the_widget_has(node_js: Path) -> None:
    program = "import(process.argv[1]).then(({ TEXTS }) => console.log(JSON.stringify(TEXTS)))"
    texts: dict[str, str] = {}
    for english in ("en.js", "contents/en.js", "callback/en.js"):
        command = [str(node_js), "-e", program, str(_PAGES / "widget" / "texts" / english)]
        texts |= json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    assert {name: tuple(dict.fromkeys(placeholders_in(words))) for name, words in texts.items()} == dict(WIDGET_TEXTS)


def test_the_page_of_the_widget_has_the_english_words_of_every_part_of_it() -> None:
    english = {path for path in EDITION.files if path.startswith("widget/texts/") and path.endswith("/en.js")}
    assert english <= set(EDITION.scripts("widget-preview/own-texts.js"))
