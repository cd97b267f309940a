"""Every report once more, computed from the journal alone by code that shares nothing with the projections."""
