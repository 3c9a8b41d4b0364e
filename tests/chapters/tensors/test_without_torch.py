"""The broadcasting explorer where torch is not installed: NumPy's half is all there."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]
CODE = """
import sys
sys.modules["torch"] = None                       # every import of torch fails
from nnlib.chapters.tensors.figures import broadcasting
explorer = broadcasting.broadcasting_explorer()
refused = explorer.frames[(3,), (4, 3)], explorer.frames[(4,), (4, 3)]
for frame in refused:
    print(frame.text)
print(len(explorer.frames))
"""


def test_the_broadcasting_explorer_needs_no_torch():
    done = subprocess.run([sys.executable, "-c", CODE], cwd=ROOT, capture_output=True, text=True)
    assert done.stderr == ""
    assert "Stretched: A" in done.stdout
    assert "NumPy: ValueError, operands could not be broadcast" in done.stdout
    assert "torch: not installed here" in done.stdout
    assert done.stdout.endswith("24\n")
