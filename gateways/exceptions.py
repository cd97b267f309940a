"""The exception with which the rooms below the APIs refuse something."""

from collections.abc import Mapping, Sequence

from schemas.field_errors import FieldError
from schemas.replies import Refusal, RefusalCode

__all__ = ["RefusedError", "invalid_field", "invalid_fields", "refused_field"]


class RefusedError(Exception):
    """Raised when a request is refused: by an entity, because of the configuration, or because a right is missing.

    It knows nothing of HTTP: an API turns it into a problem, and a connector into an answer that its outside system
    understands. ``errors`` name the invalid fields; ``more`` holds what a reader needs in addition to the detail.
    ``retry_after`` is the number of seconds after which the same may be tried again, if that is known.
    """

    def __init__(
        self,
        code: RefusalCode,
        detail: str,
        errors: Sequence[FieldError] = (),
        more: Mapping[str, object] | None = None,
        retry_after: int | None = None,
    ) -> None:
        super().__init__(detail)
        self.retry_after = retry_after
        self.code = code
        self.detail = detail
        self.errors = list(errors)
        self.more = dict(more or {})

    def relative_to(self, place: str) -> "RefusedError":
        """The same refusal, with the fields below ``place`` named as they are there."""
        errors = [FieldError(error.path.removeprefix(place), error.message) for error in self.errors]
        return RefusedError(self.code, self.detail.removeprefix(place), errors, self.more, self.retry_after)

    @staticmethod
    def of(refusal: Refusal) -> "RefusedError":
        """The error for an entity's refusal."""
        return RefusedError(refusal.code, refusal.detail, refusal.errors)


def invalid_field(path: str, message: str) -> RefusedError:
    """The refusal of one field's value."""
    detail = f"{path}: {message}" if path else message
    return RefusedError(RefusalCode.INVALID_INPUT, detail, [FieldError(path, message)])


def invalid_fields(errors: Sequence[FieldError]) -> RefusedError:
    """The refusal of what several fields say; the detail names the first."""
    more = f" (and {len(errors) - 1} more)" if len(errors) > 1 else ""
    path = f"{errors[0].path}: " if errors[0].path else ""
    return RefusedError(RefusalCode.INVALID_INPUT, f"{path}{errors[0].message}{more}", errors)


def refused_field(code: RefusalCode, path: str, message: str) -> RefusedError:
    """The refusal of what stands at one place, though it is valid by itself."""
    return RefusedError(code, f"{path} {message}", [FieldError(path, message)])
