"""Everything that reading an export raises."""

__all__ = ["ExportLineError"]


class ExportLineError(Exception):
    """Raised when a line of an export is not what belongs there; names the line, the attribute and the remedy."""

    def __init__(self, line: int, attribute: str, problem: str) -> None:
        super().__init__(f"line {line:,}{attribute and f', {attribute}'}: {problem}")
        self.line = line
        self.attribute = attribute
