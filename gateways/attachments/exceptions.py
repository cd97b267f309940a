"""The exceptions of the stores of attachments."""

__all__ = ["AttachmentStoreError"]


class AttachmentStoreError(Exception):
    """Raised when attachments cannot be kept or read."""
