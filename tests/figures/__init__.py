"""Every report once more, computed from the record alone by code that shares nothing with the projections."""
