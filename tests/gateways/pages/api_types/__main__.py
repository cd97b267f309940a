"""``python -m tests.gateways.pages.api_types``: writes gateways/pages/base/api.d.ts from the API's description."""

from tests.gateways.pages.api_types.declarations import FILE, declarations

__all__ = ["main"]


def main() -> None:
    FILE.write_text(declarations(), encoding="utf-8")


if __name__ == "__main__":
    main()
