"""What a screen reader is given to read, as text: the browser's own accessibility tree."""

from typing import Any

from tests.browser.host_site import Visitor

__all__ = ["read_out"]

_SPOKEN = {"StaticText"}
_NAMED = {"button", "link"}
_BLOCKS = {"article", "paragraph", "heading", "listitem"}


async def read_out(visitor: Visitor, role: str) -> list[str]:
    """The words of the first element with this role in the chat, a line for each article in it."""
    session = await visitor.debugging()
    nodes = {node["nodeId"]: node for node in await _nodes(session)}
    (root,) = [node for node in nodes.values() if _role(node) == role]
    lines = [" ".join(_words(nodes, node).split()) for node in _articles(nodes, root)]
    await session.detach()
    return lines


async def _nodes(session: Any) -> list[dict[str, Any]]:
    tree = (await session.send("Page.getFrameTree"))["frameTree"]
    frame = tree["childFrames"][0]["frame"] if tree.get("childFrames") else tree["frame"]
    nodes: list[dict[str, Any]] = (await session.send("Accessibility.getFullAXTree", {"frameId": frame["id"]}))["nodes"]
    return nodes


def _role(node: dict[str, Any]) -> str:
    return "" if node.get("ignored") else str(node.get("role", {}).get("value", ""))


def _articles(nodes: dict[str, dict[str, Any]], node: dict[str, Any]) -> list[dict[str, Any]]:
    if _role(node) == "article":
        return [node]
    children = [nodes[child] for child in node.get("childIds", []) if child in nodes]
    return [found for child in children for found in _articles(nodes, child)]


def _words(nodes: dict[str, dict[str, Any]], node: dict[str, Any]) -> str:
    if _role(node) in _SPOKEN | _NAMED:
        name = str(node["name"]["value"])
        return f"[{_role(node)} {name}] " if _role(node) in _NAMED else name
    words = "".join(_words(nodes, nodes[child]) for child in node.get("childIds", []) if child in nodes)
    return f" {words} " if _role(node) in _BLOCKS else words
