"""The room of "Beyond one process": one program that trains in several processes, and its failures.

`train` is the program, `traps` a second one with what goes wrong silently, `launching` starts both
from a notebook and leaves nothing behind, `costs` is the arithmetic of the all-reduce.
"""
