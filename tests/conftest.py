"""Settings of every test."""

import os

from hypothesis import settings

# No test notes in the record of whoever runs it what its answers have passed.
os.environ["NNLIB_PROGRESS"] = os.devnull

# How long an example takes is the machine's business: no test asserts a time.
settings.register_profile("course", deadline=None)
settings.load_profile("course")
