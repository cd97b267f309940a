"""What travels and what is kept: commands, events, message bodies and API payloads. Knows nothing of the rest."""
