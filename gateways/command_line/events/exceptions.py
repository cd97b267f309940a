"""The exceptions that reading an export raises."""

__all__ = ["ExportLineError"]


class ExportLineError(Exception):
    """Raised when a line of an export does not belong there. The message names line, attribute, problem and remedy."""

    def __init__(self, line: int, attribute: str, problem: str) -> None:
        super().__init__(f"line {line:,}{attribute and f', {attribute}'}: {problem}")
        self.line = line
        self.attribute = attribute
