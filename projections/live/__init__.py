"""The live views that gateways read on every request, in memory."""
