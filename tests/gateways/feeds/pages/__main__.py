"""``python -m tests.gateways.feeds.pages``: writes docs/events from the code."""

from tests.gateways.feeds.pages.pages import FOLDER, pages

__all__ = ["main"]


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    for page in FOLDER.glob("*.md"):
        page.unlink()
    for name, text in pages().items():
        (FOLDER / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
