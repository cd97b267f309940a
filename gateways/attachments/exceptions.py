"""Everything that keeping attachments raises."""

__all__ = ["AttachmentStoreError"]


class AttachmentStoreError(Exception):
    """Raised when attachments cannot be kept or read."""
