"""Everything that reports raise."""

__all__ = ["InvalidRequestError"]


class InvalidRequestError(Exception):
    """Raised when a report cannot be made as asked. ``parameter`` names the parameter at fault."""

    def __init__(self, parameter: str, message: str) -> None:
        super().__init__(f"{parameter}: {message}")
        self.parameter = parameter
        self.message = message
