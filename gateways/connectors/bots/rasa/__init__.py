"""Bots behind Rasa's REST channel: ``messages`` knows its wire format, ``outbound`` calls it."""
