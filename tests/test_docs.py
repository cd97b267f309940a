"""The pages for readers name what exists, their links lead somewhere, and they leave out no setting and no report."""

import re
import tomllib
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import get_args

import msgspec
import pytest

from config import Settings
from gateways.http.problem_codes import PROBLEM_CODES
from projections import reports
from projections.reports import REPORTS, Report

_ROOT = Path(__file__).parent.parent
_DECISIONS = _ROOT / "docs" / "decisions"
_PAGES = [_ROOT / "README.md", _ROOT / "CONTRIBUTING.md", *sorted((_ROOT / "docs").rglob("*.md"))]
_FOLDERS = ("actors", "config", "docs", "gateways", "projections", "schemas", "tests", ".ci")
"""A path of the repository begins with one of them. Others, such as those of a data directory, are not checked."""

_CODE = re.compile(r"`([^`\n]+)`")
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_PATH = re.compile(rf"(?:{'|'.join(map(re.escape, _FOLDERS))})(?:/[\w.-]+)*/?")
_MODULE = re.compile(rf"(?:{'|'.join(_FOLDERS[:-1])})(?:\.[a-z_0-9]+)+(?:\.[A-Z]\w*)?")
_TEST = re.compile(r"(?:[\w./-]*::)?(test_\w+)(?:\[\w+\])?")
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
_STATUS = re.compile(r"(\d{4}-\d\d-\d\d) · (accepted|superseded by \d{4})")

pages = pytest.mark.parametrize("page", _PAGES, ids=lambda page: str(page.relative_to(_ROOT)))


def _prose(page: Path) -> str:
    """The page without its blocks of code."""
    return re.sub(r"^```.*?^```$", "", page.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)


def _paths(text: str) -> Iterator[str]:
    """The files and folders that stand in backticks, by their path or as a module."""
    for code in _CODE.findall(text):
        if (_PATH.fullmatch(code) and "/" in code) or _MODULE.fullmatch(code):
            yield code


def _exists(named: str) -> bool:
    if "/" in named:
        return (_ROOT / named).exists()
    path = _ROOT / re.sub(r"\.[A-Z]\w*$", "", named).replace(".", "/")
    return path.is_dir() or path.with_suffix(".py").is_file()


def _anchors(page: Path) -> set[str]:
    """The anchors that GitHub gives to the headings."""
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in _HEADING.findall(_prose(page))}


@pytest.fixture(scope="module")
def tests_by_name() -> set[str]:
    written = (file.read_text(encoding="utf-8") for file in (_ROOT / "tests").rglob("*.py"))
    return {name for text in written for name in re.findall(r"def (test_\w+)", text)}


@pages
def test_files_and_modules_that_a_page_names_exist(page: Path) -> None:
    assert [named for named in _paths(_prose(page)) if not _exists(named)] == []


@pages
def test_tests_that_a_page_names_exist(page: Path, tests_by_name: set[str]) -> None:
    named = [match[1] for code in _CODE.findall(_prose(page)) if (match := _TEST.fullmatch(code))]
    assert [name for name in named if name not in tests_by_name] == []


@pages
def test_links_within_the_repository_lead_somewhere(page: Path) -> None:
    for link in _LINK.findall(_prose(page)):
        if re.match(r"[a-z]+:", link):
            continue
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        assert target.exists(), link
        assert not anchor or anchor in _anchors(target), link


def test_the_map_shows_every_room_of_the_gateways_in_order() -> None:
    contracts = tomllib.loads((_ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    layers = next(contract["layers"] for contract in contracts if contract.get("containers") == ["gateways"])
    rooms = [room.strip(" ()") for layer in reversed(layers) for room in reversed(layer.split("|"))]
    text = (_ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    listed = re.findall(r"^\| `gateways/([a-z_]+)(?:/|\.py)` \|", text, re.MULTILINE)
    assert listed == [*rooms, "pages"]


def test_decisions_have_a_date_a_status_and_their_line_in_the_index() -> None:
    lines = []
    for page in sorted(_DECISIONS.glob("0*.md")):
        title, blank, status = page.read_text(encoding="utf-8").splitlines()[:3]
        found = _STATUS.fullmatch(status)
        assert title.startswith("# "), page
        assert not blank, page
        assert found, f"{page.name}: the third line is its date and status, such as 2026-11-30 · accepted"
        lines.append(f"| [{page.name[:4]}]({page.name}) | {title[2:]} | {found[1]} | {found[2]} |")
    index = (_DECISIONS / "README.md").read_text(encoding="utf-8")
    assert [line for line in index.splitlines() if line.startswith("| [")] == lines


def test_the_settings_page_has_every_setting() -> None:
    text = (_ROOT / "docs/settings.md").read_text(encoding="utf-8")
    types = {field.name: field.type for field in msgspec.structs.fields(Settings)}
    sections = [
        (name, section)
        for name, type_ in types.items()
        for section in (type_, *get_args(type_))
        if name != "tables" and hasattr(section, "__struct_fields__")
    ]
    settings = [f"{name}.{setting}" for name, section in sections for setting in section.__struct_fields__]
    assert len(settings) > len(sections)
    assert [setting for setting in settings if not re.search(rf"\b{setting.partition('.')[2]}\b", text)] == []


def _limits() -> list[tuple[str, str, str, str]]:
    """The limits, each with its settings, its answer and its test."""
    text = (_ROOT / "docs/limits.md").read_text(encoding="utf-8")
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")] for line in re.findall(r"^\| .+ \|$", text, re.MULTILINE)
    ]
    return [(row[0], row[-3], row[-2], row[-1]) for row in rows if row[0] != "what"]


def test_every_limit_has_a_setting_that_exists_or_is_fixed() -> None:
    settings = Settings()
    wrong = []
    for what, setting, _, _ in _limits():
        named = [name.split(".") for name in _CODE.findall(setting)]
        if setting != "fixed" and not (
            named and all(hasattr(getattr(settings, section, None), key) for section, key in named)
        ):
            wrong.append(what)
    assert wrong == []


def test_every_limit_has_an_answer_that_exists() -> None:
    wrong = []
    for what, _, answer, _ in _limits():
        found = re.fullmatch(
            r"(\d{3}) `(\w+)`|the connection is closed|the feed is closed with \d{4}|.* is left out", answer
        )
        if not (found and (found[2] is None or PROBLEM_CODES[found[2]].status == int(found[1]))):
            wrong.append(what)
    assert wrong == []


def test_every_limit_has_a_test() -> None:
    assert [what for what, _, _, test in _limits() if not re.fullmatch(r"`test_\w+`", test)] == []
    assert len(_limits()) > 8


def test_the_reports_page_has_every_report() -> None:
    text = (_ROOT / "docs/reports.md").read_text(encoding="utf-8")
    assert [name for name in REPORTS if f"`{name}`" not in text] == []


def test_every_report_of_a_module_is_listed() -> None:
    modules = [import_module(f"{reports.__name__}.{module.name}") for module in iter_modules(reports.__path__)]
    found = [value for module in modules for value in vars(module).values() if isinstance(value, Report)]
    assert found
    assert [report.name for report in found if report is not REPORTS.get(report.name)] == []
