"""Build: an operation with a backward of its own, as torch.autograd.Function."""

import importlib

import numpy as np

from nnlib.exercises import comparing
from nnlib.exercises.exercise import Asked, Case, Exercise, Mistake


def binarise(x):
    """1 where x >= 0, else -1; a gradient passes back where |x| <= 1 only."""
    import torch

    class Binarise(torch.autograd.Function):
        @staticmethod
        def forward(ctx, x):
            ctx.save_for_backward(x)
            return torch.where(x >= 0, 1.0, -1.0).to(x.dtype)

        @staticmethod
        def backward(ctx, g):
            (x,) = ctx.saved_tensors
            return g * (x.abs() <= 1)

    return Binarise.apply(x)


# --- answers with one misconception each ---


def leaves_it_to_autograd(x):
    import torch

    return torch.where(x >= 0, torch.ones_like(x), -torch.ones_like(x))


def smooth_enough_for_autograd(x):
    import torch

    return torch.sign(torch.sign(x) + 0.5)


def the_mask_alone(x):
    import torch

    class Binarise(torch.autograd.Function):
        @staticmethod
        def forward(ctx, x):
            ctx.save_for_backward(x)
            return torch.where(x >= 0, 1.0, -1.0).to(x.dtype)

        @staticmethod
        def backward(ctx, g):
            (x,) = ctx.saved_tensors
            return (x.abs() <= 1).to(x.dtype)

    return Binarise.apply(x)


def lets_everything_through(x):
    import torch

    class Binarise(torch.autograd.Function):
        @staticmethod
        def forward(ctx, x):
            return torch.where(x >= 0, 1.0, -1.0).to(x.dtype)

        @staticmethod
        def backward(ctx, g):
            return g

    return Binarise.apply(x)


def asks_the_output(x):
    import torch

    class Binarise(torch.autograd.Function):
        @staticmethod
        def forward(ctx, x):
            result = torch.where(x >= 0, 1.0, -1.0).to(x.dtype)
            ctx.save_for_backward(result)
            return result

        @staticmethod
        def backward(ctx, g):
            (result,) = ctx.saved_tensors
            return g * (result.abs() <= 1)

    return Binarise.apply(x)


def asks_what_arrives(x):
    import torch

    class Binarise(torch.autograd.Function):
        @staticmethod
        def forward(ctx, x):
            return torch.where(x >= 0, 1.0, -1.0).to(x.dtype)

        @staticmethod
        def backward(ctx, g):
            return g * (g.abs() <= 1)

    return Binarise.apply(x)


def limits_what_arrives(x):
    import torch

    class Binarise(torch.autograd.Function):
        @staticmethod
        def forward(ctx, x):
            return torch.where(x >= 0, 1.0, -1.0).to(x.dtype)

        @staticmethod
        def backward(ctx, g):
            return g.clamp(-1, 1)

    return Binarise.apply(x)


def without_the_edges(x):
    import torch

    class Binarise(torch.autograd.Function):
        @staticmethod
        def forward(ctx, x):
            ctx.save_for_backward(x)
            return torch.where(x >= 0, 1.0, -1.0).to(x.dtype)

        @staticmethod
        def backward(ctx, g):
            (x,) = ctx.saved_tensors
            return g * (x.abs() < 1)

    return Binarise.apply(x)


def one_side_alone(x):
    import torch

    class Binarise(torch.autograd.Function):
        @staticmethod
        def forward(ctx, x):
            ctx.save_for_backward(x)
            return torch.where(x >= 0, 1.0, -1.0).to(x.dtype)

        @staticmethod
        def backward(ctx, g):
            (x,) = ctx.saved_tensors
            return g * (x <= 1)

    return Binarise.apply(x)


def with_a_relu_mask(x):
    import torch

    class Binarise(torch.autograd.Function):
        @staticmethod
        def forward(ctx, x):
            ctx.save_for_backward(x)
            return torch.where(x >= 0, 1.0, -1.0).to(x.dtype)

        @staticmethod
        def backward(ctx, g):
            (x,) = ctx.saved_tensors
            return g * (x >= 0)

    return Binarise.apply(x)


def times_the_input(x):
    import torch

    class Binarise(torch.autograd.Function):
        @staticmethod
        def forward(ctx, x):
            ctx.save_for_backward(x)
            return torch.where(x >= 0, 1.0, -1.0).to(x.dtype)

        @staticmethod
        def backward(ctx, g):
            (x,) = ctx.saved_tensors
            return g * (x.abs() <= 1) * x

    return Binarise.apply(x)


def times_the_sign(x):
    import torch

    class Binarise(torch.autograd.Function):
        @staticmethod
        def forward(ctx, x):
            result = torch.where(x >= 0, 1.0, -1.0).to(x.dtype)
            ctx.save_for_backward(x, result)
            return result

        @staticmethod
        def backward(ctx, g):
            x, result = ctx.saved_tensors
            return g * result * (x.abs() <= 1)

    return Binarise.apply(x)


def in_another_dtype(x):
    import torch

    class Binarise(torch.autograd.Function):
        @staticmethod
        def forward(ctx, x):
            ctx.save_for_backward(x)
            return torch.where(x >= 0, 1.0, -1.0)

        @staticmethod
        def backward(ctx, g):
            (x,) = ctx.saved_tensors
            return g * (x.abs() <= 1)

    return Binarise.apply(x)


def zero_at_zero(x):
    import torch

    class Binarise(torch.autograd.Function):
        @staticmethod
        def forward(ctx, x):
            ctx.save_for_backward(x)
            return x.sign()

        @staticmethod
        def backward(ctx, g):
            (x,) = ctx.saved_tensors
            return g * (x.abs() <= 1)

    return Binarise.apply(x)


def zero_and_one(x):
    import torch

    class Binarise(torch.autograd.Function):
        @staticmethod
        def forward(ctx, x):
            ctx.save_for_backward(x)
            return (x >= 0).to(x.dtype)

        @staticmethod
        def backward(ctx, g):
            (x,) = ctx.saved_tensors
            return g * (x.abs() <= 1)

    return Binarise.apply(x)


def clipped_instead(x):
    return x.clamp(-1.0, 1.0)


# --- unusual and right ---


def with_detach(x):
    inside = x.clamp(-1, 1)
    signs = (x >= 0).to(x.dtype) * 2 - 1
    return inside + (signs - inside).detach()


def with_masked_fill(x):
    import torch

    class Sign(torch.autograd.Function):
        @staticmethod
        def forward(ctx, x):
            ctx.outside = torch.abs(x) > 1
            return torch.ones_like(x).masked_fill(x < 0, -1)

        @staticmethod
        def backward(ctx, g):
            return g.masked_fill(ctx.outside, 0)

    return Sign.apply(x)


def with_a_hook(x):
    import torch

    signs = torch.where(x.detach() < 0, -1.0, 1.0).to(x.dtype)
    y = x + (signs - x).detach()
    y.register_hook(lambda g: g * ~((x < -1) | (x > 1)))
    return y


INPUTS = {
    (-3.0, -1.0, -0.4, 0.0, 0.6, 1.0, 1.25): (2.0, -0.5, 4.0, 3.0, -1.5, 0.25, 7.0),
    (0.5, -0.5, 2.0): (1.0, -3.0, 2.0),
    (-1.5, 0.75, -0.125, 0.0): (0.5, 0.75, -2.0, 1.0),
    (-1.5,): (2.0,),
    (-0.5,): (3.0,),
    (0.0,): (-4.0,),
}


def cases():
    torch = importlib.import_module("torch")
    warm_up = torch.ones(1, requires_grad=True)          # torch loads more at the first backward,
    binarise(warm_up).backward(torch.ones(1))            # and no answer should have to wait for it

    def case(inputs, upstream):
        def arguments():
            return (torch.tensor(inputs, dtype=torch.float64, requires_grad=True),)

        def read(result, given):
            return forward_and_gradient(torch, result, given[0], upstream)

        x, g = np.array(inputs), np.array(upstream)
        signs = np.array([-1.0 if one < 0 else 1.0 for one in inputs])
        back = np.array([b if -1 <= a <= 1 else 0.0 for a, b in zip(x, g, strict=True)])
        return Case(arguments, [signs, back], path="torch", read=read)

    return [case(*pair) for pair in INPUTS.items()]


def forward_and_gradient(torch, result, x, upstream):
    """The result, and dL/dx where dL/d(result) is `upstream`; nothing arrives as zeros."""
    if not isinstance(result, torch.Tensor) or result.shape != x.shape:
        return result
    if result.dtype != x.dtype:
        return f"{result.dtype}: {', '.join(f'{one:g}' for one in result.detach().ravel())}"
    if not result.requires_grad:
        return [result, torch.zeros_like(x)]
    upstream = torch.tensor(upstream, dtype=result.dtype)
    (gradient,) = torch.autograd.grad(result, x, upstream, allow_unused=True)
    return [result, torch.zeros_like(x) if gradient is None else gradient]


def judge(got, expected):
    """First the numbers, then the gradient."""
    right = comparing.plain(expected)
    if isinstance(got, str):
        return f"should have the dtype of x, got {got}"
    if not isinstance(got, np.ndarray) or np.shape(got) != np.shape(right):
        return f"should be a tensor of {len(expected[0])} numbers, got {comparing.spell(got)}"
    for part, name in enumerate(("result", "gradient that arrives at x")):
        difference = comparing.difference(got[part], right[part])
        if difference:
            return f"has another {name}: it {difference}"
    return None


def numbers_in_another_dtype(seen) -> bool:
    """The right 1 and -1, as `forward_and_gradient` spells those of another dtype."""
    def spelt(item):
        return ", ".join(f"{one:g}" for one in item.case.expected[0])

    return all(
        isinstance(item.result, str) and item.result.partition(": ")[2] == spelt(item)
        for item in seen
    )


def same_as(answer, item) -> bool:
    arguments = item.case.make_arguments()
    return comparing.same(item.case.plain(answer(*arguments), arguments), item.result)


EXERCISE = Exercise(
    identifier="backpropagation.binarise",
    title="a backward of your own",
    level="build",
    prompt=(
        "Networks of ±1 ([Hubara et al., 2016](references.md#hubara2016)) use a step "
        "whose derivative is 0 wherever it has one, so that autograd would stop them learning. One "
        "way out is a backward that is not the derivative, a *straight-through* estimate. Complete "
        "`binarise(x)` for a tensor `x`. On the way there: 1 where x is 0 or more, −1 elsewhere, "
        "in the dtype of `x`. On the way back: what arrives is let through where x is from −1 to "
        "1, the ends included, and stopped elsewhere. Example: x = (0.5, −2) gives (1, −1); the "
        "gradient (3, 4) that arrives goes back as (3, 0)."
    ),
    stub='''\
def binarise(x):
    """1 where x >= 0, else -1; a gradient passes back where |x| <= 1 only."""
    import torch

    class Binarise(torch.autograd.Function):
        @staticmethod
        def forward(ctx, x):
            ctx.save_for_backward(x)
            return ...

        @staticmethod
        def backward(ctx, g):
            (x,) = ctx.saved_tensors
            return ...

    return Binarise.apply(x)
''',
    solution=binarise,
    cases=cases,
    judge=judge,
    hints=(
        "Two functions, and each is one line: what comes out for x, and what goes back for the "
        "gradient that arrives.",
        "torch.where(condition, one, other) chooses entry by entry. A comparison is a tensor of "
        "True and False, and counts as 1 and 0 when it is multiplied.",
        "backward returns the gradient for x: the part of what arrives that is let through. "
        "Whether it is, x decides, and not the result.",
    ),
    passed=(
        "gradcheck would object, and rightly: this backward is no derivative. Networks learn with "
        "it all the same."
    ),
    mistakes=(
        Mistake(
            "leaves it to autograd",
            "The result is right and no gradient arrives at x: autograd takes the step as it is, "
            "flat on both sides. The backward has to be yours.",
            answers=(leaves_it_to_autograd, smooth_enough_for_autograd),
        ),
        Mistake(
            "returns the mask alone",
            "What arrives is left out: backward returns what is let through of it, not whether.",
            answers=(the_mask_alone,),
        ),
        Mistake(
            "lets everything through",
            "Nothing is stopped: there is no limit, or it is asked of the result, which is never "
            "outside. It is x that decides.",
            answers=(lets_everything_through, asks_the_output),
        ),
        Mistake(
            "asks what arrives",
            "Gradients are stopped by their own size, which is clipping of a kind. Here x decides.",
            answers=(asks_what_arrives,),
        ),
        Mistake(
            "limits what arrives",
            "This keeps what arrives from being large. What counts is x: where it is in the range, "
            "all that arrives goes back, however large.",
            answers=(limits_what_arrives,),
        ),
        Mistake(
            "leaves out the ends",
            "At x = −1 and x = 1 the gradient is stopped. The ends are included.",
            answers=(without_the_edges,),
        ),
        Mistake(
            "stops one side alone",
            "Far below −1 the gradient comes through: the limit holds on both sides.",
            answers=(one_side_alone,),
        ),
        Mistake(
            "stops what is negative",
            "This stops where ReLU would. Asked is a range around 0, on both sides of it.",
            answers=(with_a_relu_mask,),
        ),
        Mistake(
            "multiplies by x or its sign",
            "What is let through is multiplied by x, or has its sign turned where x is negative. "
            "It goes through as it arrived.",
            answers=(times_the_input, times_the_sign),
            recognise=lambda seen: any(
                all(same_as(answer, item) for item in seen)
                for answer in (times_the_input, times_the_sign)
            ),
        ),
        Mistake(
            "changes the dtype",
            "The numbers are right, and their dtype is not that of x: plain numbers in torch.where "
            "make float32, and whole numbers made of a comparison make int64.",
            answers=(in_another_dtype,),
            recognise=numbers_in_another_dtype,
        ),
        Mistake(
            "gives 0 at 0",
            "The gradient is right. At x = 0 the result is 0, which is neither 1 nor −1: sign does "
            "that.",
            answers=(zero_at_zero,),
        ),
        Mistake(
            "gives 0 and 1",
            "The gradient is right. The result is 0 and 1; it should be −1 and 1.",
            answers=(zero_and_one,),
        ),
        Mistake(
            "clips",
            "The gradient is right, and x is clipped: its sign is asked.",
            answers=(clipped_instead,),
        ),
    ),
    also_right=(with_detach, with_masked_fill, with_a_hook),
    by_hand=(
        Asked("x = −1.5, and 2 arrives", ((-1.5,),), ("result", "goes back")),
        Asked("x = −0.5, and 3 arrives", ((-0.5,),), ("result", "goes back")),
        Asked("x = 0, and −4 arrives", ((0.0,),), ("result", "goes back")),
    ),
)
