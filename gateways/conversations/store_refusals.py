"""The errors of the stores of attachments, turned into refusals."""

import errno
import logging
from collections.abc import Iterator
from contextlib import contextmanager

from gateways.attachments.exceptions import AttachmentStoreError
from gateways.exceptions import RefusedError
from schemas.replies import RefusalCode

__all__ = ["store_refusals"]

_logger = logging.getLogger(__name__)
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


@contextmanager
def store_refusals() -> Iterator[None]:
    """Turns what stores raise into RefusedError."""
    try:
        yield
    except OSError as error:
        if error.errno in _NO_ROOM:
            raise RefusedError(RefusalCode.STORAGE_FULL, "there is no room for the file") from None
        raise _unavailable(error) from None
    except AttachmentStoreError as error:
        raise _unavailable(error) from None


def _unavailable(error: Exception) -> RefusedError:
    _logger.error("attachments failed: %s", error)
    detail = "attachments cannot be kept or read just now; repeat the request"
    return RefusedError(RefusalCode.ATTACHMENTS_UNAVAILABLE, detail)
