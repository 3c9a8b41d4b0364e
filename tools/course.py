"""Everything there is to do with the course: `python tools/course.py` lists it.

`make X` calls this file too, so that with make and without it the same is done. It runs under the
machine's own Python; what it needs beyond that, each command sets up itself.
"""

import sys

OLDEST = (3, 11)

if __name__ == "__main__":
    # Before anything that an old Python does not know, and in words that even Python 2 does.
    if sys.version_info < OLDEST:
        sys.exit(
            "The course needs Python %d.%d or newer, and %s is %d.%d: name a newer one, as in"
            " `make book PYTHON=python3.12`, or without make `python3.12 tools/course.py book`."
            % (OLDEST + (sys.executable,) + sys.version_info[:2])
        )
    import course_commands

    course_commands.main()
