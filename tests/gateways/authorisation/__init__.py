"""Every operation as every kind of caller, on the caller's own objects and on those of others."""
