"""The measurements of ``make bench``: each figure beside its baseline, in one run on one core."""
