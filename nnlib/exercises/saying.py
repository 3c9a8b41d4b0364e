"""Print for a reader: wrapped at spaces, and in characters that the console can show."""

from __future__ import annotations

import sys
import textwrap

WIDTH = 78                 # the built page cuts off what is printed beyond about 80 characters

# What a console in ASCII or in Windows' cp1252 may lack, as one would type it.
TYPED = str.maketrans({
    "×": "x", "·": "*", "−": "-", "–": "-", "—": "-", "≤": "<=", "≥": ">=", "≠": "!=", "≈": "~",
    "±": "+-", "→": "->", "←": "<-", "⇒": "=>", "√": "sqrt", "∞": "inf", "∂": "d", "∇": "grad ",
    "∈": " in ", "½": "1/2", "¼": "1/4", "…": "...", "‘": "'", "’": "'", "“": '"', "”": '"',
    "°": " degrees", "‖": "||", "²": "^2", "³": "^3", "¹": "^1", "⁰": "^0", "⁻": "^-", "ᵀ": ".T",
    "₀": "_0", "₁": "_1", "₂": "_2", "ŷ": "y_hat", "é": "e", "ö": "o", "ü": "u", "ä": "a",
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "η": "eta",
    "θ": "theta", "κ": "kappa", "λ": "lambda", "μ": "mu", "π": "pi", "ρ": "rho", "σ": "sigma",
    "τ": "tau", "φ": "phi", "ω": "omega", "Δ": "Delta", "Σ": "sum", "Π": "product", "Ω": "Omega",
})


def say(message) -> None:
    """Print a message with each of its lines wrapped at a space."""
    say_as_it_is(wrapped(str(message)))


def wrapped(text: str) -> str:
    """The text with each of its lines wrapped at a space."""
    wrap = textwrap.TextWrapper(WIDTH, break_long_words=False, break_on_hyphens=False)
    return "\n".join(wrap.fill(line) for line in text.splitlines())


def say_as_it_is(text: str) -> None:
    """Print source, or what an answer printed, with its own lines."""
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    print("".join(_shown(character, encoding) for character in text))


def _shown(character: str, encoding: str) -> str:
    """The character where the console has it, else how one would type it, else its number."""
    try:
        character.encode(encoding)
        return character
    except UnicodeError:
        typed = character.translate(TYPED)
        return typed if typed.isascii() else typed.encode("ascii", "backslashreplace").decode()
