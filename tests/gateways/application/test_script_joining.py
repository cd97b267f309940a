"""Joined scripts do what the modules do."""

import subprocess
from pathlib import Path

import pytest

from gateways.application.script_joining import joined_scripts
from tests.node import node_program

SCRIPTS = {
    "app/main.js": b"""\
import { count, Counter as Kind } from "../base/counter.js";
import {
  LATE, PLACE,
  label,
} from "./texts.js";

const time = "of main";
const later = await_less();

function await_less() {
  return import("./more/later.js");
}

count.value += 1;
later.then(({ seen }) => console.log(time, label(), LATE, PLACE, count.value, count instanceof Kind, seen()));
""",
    "app/texts.js": b"""\
import { count } from "../base/counter.js";

const time = "of texts";

export function label() {
  return `${time} ${count.value}`;
}

export const NOTHING = null;
export const LATE = (await import("./late.js")).LATE;
export const PLACE = import.meta.url.split("/").at(-1);
""",
    "app/late.js": b"""\
export const LATE = "late";
""",
    "app/more/later.js": b"""\
import { count } from "../../base/counter.js";
import { label as named } from "../texts.js";
import { twice } from "./twice.js";

export const seen = () => twice(`${named()} ${count.value}`);
""",
    "app/more/twice.js": b"export function twice(text) {\n  return text + text;\n}\n",
    "base/counter.js": b"""\
export class Counter {
  value = 1;
}

export const count = new Counter();

export async function* none() {}
""",
    "other/alone.js": b'import { count } from "../base/counter.js";\n',
    "app/page.css": b"body {}",
}


@pytest.mark.node
@pytest.mark.parametrize("join", [False, True])
def test_joined_scripts_do_what_the_modules_do(tmp_path: Path, join: bool) -> None:
    for path, content in (joined_scripts(SCRIPTS, "app/main.js") if join else SCRIPTS).items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(content)
    (tmp_path / "package.json").write_text('{"type": "module"}')
    if join:
        (tmp_path / "base" / "counter.js").unlink()
        (tmp_path / "app" / "texts.js").unlink()
    done = subprocess.run([node_program(), tmp_path / "app" / "main.js"], capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("of main of texts 2 late texts.js 2 true of texts 2 2of texts 2 2\n", "")


def test_only_the_entry_and_what_its_folder_loads_on_demand_change() -> None:
    joined = joined_scripts(SCRIPTS, "app/main.js")
    changed = {path for path in SCRIPTS if joined[path] != SCRIPTS[path]}
    assert changed == {"app/main.js", "app/more/later.js"}
    assert joined_scripts(SCRIPTS, "app/missing.js") == SCRIPTS


@pytest.mark.parametrize(
    ("script", "reason"),
    [
        (b'import "./b.js";\n', 'because of: import "./b.js"'),
        (b'import * as b from "./b.js";\n', "because of: import"),
        (b"export default 1;\n", "because of: export default"),
        (b"export let a = 1;\n", "because of: export let"),
        (b'import { b } from "./b.js";\n', "imports itself"),
        (b'import { c } from "../c.js";\n', "asks for more than its own address"),
    ],
)
def test_what_cannot_be_joined_is_named(script: bytes, reason: str) -> None:
    others = {"a/b.js": b'import { a } from "./a.js";\n', "c.js": b"export const c = import.meta.dirname;\n"}
    with pytest.raises(ValueError, match=reason):
        joined_scripts({"a/a.js": script, **others}, "a/a.js")
