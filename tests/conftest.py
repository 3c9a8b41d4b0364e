"""Settings of every test."""

from hypothesis import settings

# How long an example takes is the machine's business: no test asserts a time.
settings.register_profile("course", deadline=None)
settings.load_profile("course")
