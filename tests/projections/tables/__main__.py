"""``python -m tests.projections.tables``: writes docs/tables from the code."""

from tests.projections.tables.pages import FOLDER, pages

__all__ = ["main"]


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    for page in FOLDER.glob("*.md"):
        page.unlink()
    for name, text in pages().items():
        (FOLDER / name).write_text(text)


if __name__ == "__main__":
    main()
