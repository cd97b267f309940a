"""Errors as the Graph API answers them."""

from typing import Any

__all__ = ["Refusal", "refuse_unless"]


class Refusal(Exception):
    """Raised when the stand-in does not take a call. ``words`` repeat what the caller sent, as Meta's do."""

    def __init__(self, code: int, words: str, *, subcode: int | None = None, status: int = 400) -> None:
        super().__init__(words)
        self.code, self.words, self.subcode, self.status = code, words, subcode, status

    def body(self) -> dict[str, Any]:
        error: dict[str, Any] = {
            "message": f"(#{self.code}) {self.words}",
            "type": "OAuthException",
            "code": self.code,
            "error_data": {"details": self.words},
            "fbtrace_id": "AbCdEfGh",
        }
        return {"error": error | ({} if self.subcode is None else {"error_subcode": self.subcode})}


def refuse_unless(condition: object, words: str, code: int = 100) -> None:
    if not condition:
        raise Refusal(code, words)
