"""Outgoing webhooks: events are sent to other applications, signed, in order and until they are taken."""
