"""Recognise a mistake by a rule: above all in dictionaries, where it can be written down as data.

A rule is called with what was observed, as any `recognise` of a `Mistake`. Its `data` says the same
to the script of a published page, which judges the answer there with no kernel.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from nnlib.exercises.comparing import is_real
from nnlib.exercises.sorting import complete, places, wrong_pairs


@dataclass(frozen=True)
class OnlyWrong:
    """Some of `pairs`, each a (name, word), are what is wrong, and nothing else.

    Where `needs` names pairs as well, at least one of those is among the wrong ones. `read` turns
    what was answered into the words of `expected`, where an exercise takes others too.
    """

    expected: Mapping
    pairs: frozenset
    needs: frozenset = frozenset()
    read: Callable[[object], object] = lambda got: got

    def __call__(self, seen) -> bool:
        got = self.read(seen[0].result)
        if not complete(got, self.expected):
            return False
        wrong = wrong_pairs(got, self.expected)
        return bool(wrong) and wrong <= self.pairs and (not self.needs or bool(wrong & self.needs))

    def data(self) -> dict:
        return {
            "only": [self._spelt(self.pairs)],
            "needs": [self._spelt(self.needs)],
        }

    def _spelt(self, pairs) -> list:
        names = list(self.expected)
        return sorted(([names.index(name), word] for name, word in pairs), key=str)


@dataclass(frozen=True)
class AnyOf:
    """One of several rules holds."""

    rules: tuple[OnlyWrong, ...]

    def __call__(self, seen) -> bool:
        return any(rule(seen) for rule in self.rules)

    def data(self) -> dict:
        each = [rule.data() for rule in self.rules]
        return {key: [part for one in each for part in one[key]] for key in ("only", "needs")}


@dataclass(frozen=True)
class OutOfOrder:
    """In an answer that gives each stage its place, `second` comes before `first`.

    The pairs of `kept` are the right way round, and the stage that is to open does.
    """

    expected: Mapping                    # name -> place, from 1
    first: str
    second: str
    kept: tuple = ()

    def __call__(self, seen) -> bool:
        got = places(seen[0].result, self.expected)
        if got is None or set(got.values()) != set(self.expected.values()):
            return False
        opening = min(self.expected, key=self.expected.get)
        return (
            got[opening] == 1 and got[self.second] < got[self.first]
            and all(got[a] < got[b] for a, b in self.kept)
        )

    def data(self) -> dict:
        names = list(self.expected)
        return {
            "opens": names.index(min(self.expected, key=self.expected.get)),
            "late": [names.index(self.first), names.index(self.second)],
            "kept": [[names.index(a), names.index(b)] for a, b in self.kept],
        }


def only_these_wrong(expected, pairs: Iterable, *, needs: Iterable = (), **more) -> OnlyWrong:
    """Recognise a complete answer in which some of `pairs` are what is wrong, and nothing else."""
    return OnlyWrong(expected, frozenset(pairs), frozenset(needs), **more)


def only_numbers(seen) -> bool:
    """Whether each result is one plain number, so that a rule may go on to its size."""
    return all(is_real(item.result) for item in seen)
