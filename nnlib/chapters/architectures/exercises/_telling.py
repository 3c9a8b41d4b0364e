"""Recognise a mistake in the cases that tell it; other cases may come out in several ways."""

from nnlib.exercises.attempting import observe
from nnlib.exercises.comparing import same


def anywhere(*given):
    return True


def does_as(*answers, where=anywhere):
    """Recognise what does as one of these answers, in the cases whose arguments pass `where`."""

    def recognise(seen):
        told = [item for item in seen if where(*item.case.make_arguments())]
        if any(item.error is not None for item in told):
            return False
        return any(
            all(same(observe(answer, item.case).result, item.result) for item in told)
            for answer in answers
        )

    return recognise


def is_right(item) -> bool:
    return item.error is None and same(item.result, item.case.expected)
