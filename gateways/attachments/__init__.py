"""Attachments: the files that customers and agents send each other."""

from gateways.attachments.attachment import Attachment, Unposted
from gateways.attachments.opening import Attachments, open_attachments
from gateways.attachments.store import AttachmentStore

__all__ = ["Attachment", "AttachmentStore", "Attachments", "Unposted", "open_attachments"]
