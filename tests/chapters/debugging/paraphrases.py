"""The mistakes of the repairs in other words than the banks', and other right answers."""

WRONG = []
RIGHT = []
