"""One file of the scripts that a page always loads together: compressed as one they weigh a quarter less, and a browser
asks once. The sources stay modules, each of which has its own names here as well."""

import re
from collections.abc import Iterator, Mapping
from posixpath import dirname, join, normpath, relpath

__all__ = ["joined_scripts"]

_IMPORT = re.compile(r'^import (\{[^}]*\}) from "(\.[^"]+)";$', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:function\*?|class|const) (\w+))", re.MULTILINE)
_ON_DEMAND = re.compile(r'\bimport\("(\.[^"]+)"\)')
_EMPTY_LINES = re.compile(r"\n{2,}")
"""Where comments were: what is joined has other lines than the sources anyway."""
_AWAITS = re.compile(r"^(?:(?:const|let) .*)?\(?await\b", re.MULTILINE)
_ADDRESS = "import.meta.url"
_OTHER = re.compile(r"^(?:import|export)\b.*", re.MULTILINE)


def joined_scripts(contents: Mapping[str, bytes], entry: str) -> dict[str, bytes]:
    """The files, of which the entry holds all scripts that it imports, directly or not. The scripts in its folder that
    it loads on demand share those of them that they import.

    Raises ValueError when a script imports or exports in another form than ``import { a, b as c } from "./d.js";`` and
    ``export function``, ``class`` or ``const``, or when scripts import each other in a circle.
    """
    if entry not in contents:
        return dict(contents)
    scripts = {path: content.decode() for path, content in contents.items() if path.endswith(".js")}
    names = {path: f"module{number}" for number, path in enumerate(_in_order(scripts, entry))}
    parts = [_module(path, scripts[path], names, entry) for path in names]
    exported = f"export {{ {', '.join(names.values())} }};\n"
    on_demand = {
        path: _sharing(path, text, names, entry).encode()
        for path, text in scripts.items()
        if path.startswith(f"{dirname(entry)}/") and path not in names
    }
    return {**contents, **on_demand, entry: "\n".join([*parts, exported]).encode()}


def _in_order(scripts: Mapping[str, str], entry: str) -> list[str]:
    """The entry and what it imports, each script after those that it imports."""
    found: dict[str, bool] = {}

    def visit(path: str) -> None:
        if path in found:
            if not found[path]:
                raise ValueError(f"{path} imports itself, over others")
            return
        found[path] = False
        for imported in _imports(path, scripts[path]):
            visit(imported)
        found[path] = True
        order.append(path)

    order: list[str] = []
    visit(entry)
    return order


def _imports(path: str, text: str) -> Iterator[str]:
    for found in _IMPORT.finditer(text):
        yield normpath(join(dirname(path), found[2]))


def _module(path: str, text: str, names: Mapping[str, str], entry: str) -> str:
    """The script as a function that returns what it exports."""

    def imported(found: re.Match[str]) -> str:
        return f"const {found[1].replace(' as ', ': ')} = {names[normpath(join(dirname(path), found[2]))]};"

    def on_demand(found: re.Match[str]) -> str:
        target = relpath(normpath(join(dirname(path), found[1])), dirname(entry))
        return f'import("./{target}")'

    own = f'new URL("{relpath(path, dirname(entry))}", {_ADDRESS}).href'
    body = _EMPTY_LINES.sub("\n", _EXPORT.sub("", _ON_DEMAND.sub(on_demand, _IMPORT.sub(imported, text))))
    body = body.replace(_ADDRESS, own)
    if other := _OTHER.search(body):
        raise ValueError(f"{path} cannot be joined with others because of: {other[0]}")
    if "import.meta" in body.replace(own, ""):
        raise ValueError(f"{path} cannot be joined with others because it asks for more than its own address")
    begins = "await (async () =>" if _AWAITS.search(body) else "(() =>"
    returned = f"return {{ {', '.join(_EXPORT.findall(text))} }};"
    return f"// {path}\nconst {names[path]} = {begins} {{\n{body}\n{returned}\n}})();"


def _sharing(path: str, text: str, names: Mapping[str, str], entry: str) -> str:
    """A script that is loaded on demand, with what it shares with the joined ones taken from there."""

    def shared(found: re.Match[str]) -> str:
        name = names.get(normpath(join(dirname(path), found[2])))
        if name is None:
            return found[0]
        place = relpath(entry, dirname(path))
        place = place if place.startswith(".") else f"./{place}"
        return f'import {{ {name} }} from "{place}"; const {found[1].replace(" as ", ": ")} = {name};'

    return _IMPORT.sub(shared, text)
