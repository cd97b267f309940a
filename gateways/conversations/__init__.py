"""The operations on conversations that all APIs and connectors share, without HTTP."""
