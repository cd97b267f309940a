"""The connectors of bots."""
