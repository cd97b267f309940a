"""Pointing at a place in a text that somebody wrote."""

__all__ = ["pointed_out"]

_SHOWN_AROUND = 40


def pointed_out(text: str, position: int) -> str:
    """One line of the text around the place, and a caret under it."""
    start = max(0, position - _SHOWN_AROUND)
    end = position + _SHOWN_AROUND
    before, after = "…" if start else "", "…" if end < len(text) else ""
    line = "".join(character if character.isprintable() else " " for character in text[start:end])
    return f"{before}{line}{after}\n{' ' * (len(before) + position - start)}^"
