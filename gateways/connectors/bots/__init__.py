"""The connectors of bots: ``bot`` is what all of them speak, ``bot_effect`` lets them answer, and a folder a system."""
