"""``python -m tests.gateways.pages.widget_reference``: writes docs/widget-reference.md from the code."""

from tests.gateways.pages.widget_reference.page import FILE, reference

__all__ = ["main"]


def main() -> None:
    FILE.write_text(reference(), encoding="utf-8")


if __name__ == "__main__":
    main()
