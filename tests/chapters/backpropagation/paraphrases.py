"""The same misconceptions as in the banks, written by other hands.

With the bank's own answer each of these mistakes is tried in three wordings: other operations,
loops, attributes, tensors. `RIGHT` holds further correct answers.
"""

import collections
import itertools
import math

import numpy as np
import torch

from nnlib.engine import Value, backward_order

# --- neuron_gradients ---


def by_gradient_of(loss):
    """Gradients of another loss, by torch."""
    def neuron_gradients(x, w, b, y):
        x, w = (torch.tensor(np.asarray(one)).requires_grad_() for one in (x, w))
        b = torch.tensor(b, dtype=torch.float64, requires_grad=True)
        return torch.autograd.grad(loss(x, w, b, y), (w, b))

    return neuron_gradients


def tanh_of(x, w, b):
    return math.tanh(sum(float(i) * float(j) for i, j in zip(x, w, strict=True)) + b)


def neuron_with(delta):
    """Gradients from another dL/dz, worked out from a and y."""
    def neuron_gradients(x, w, b, y):
        error = delta(tanh_of(x, w, b), y)
        return [error * float(one) for one in x], error

    return neuron_gradients


def slope_of_tanh_at_z(x, w, b, y):
    z = (w * x).sum() + b
    error = (1 - z * z) * 2 * (np.tanh(z) - y)
    return x * error, error


def neuron_parts(of_weight, of_bias):
    """Each weight's gradient and the bias's, from dL/dz and what is at hand."""
    def neuron_gradients(x, w, b, y):
        a = tanh_of(x, w, b)
        error = 2 * (a - y) * (1 - a * a)
        pairs = zip(x, w, strict=True)
        return [of_weight(error, float(i), float(j)) for i, j in pairs], of_bias(error, b)

    return neuron_gradients


def bias_as_a_weight(x, w, b, y):
    """The bias is taken for one more input instead of one more weight."""
    inputs, weights = np.append(np.asarray(x), b), np.append(np.asarray(w), 1.0)
    a = np.tanh(inputs @ weights)
    found = 2 * (a - y) * (1 - a**2) * inputs
    return found[:-1], found[-1]


def slope_of_tanh_at_z_by_atanh(x, w, b, y):
    a = tanh_of(x, w, b)
    error = 2 * (a - y) * (1 - math.atanh(a) ** 2)
    return [float(one) * error for one in x], error


# --- from_columns ---


def columns(weight, bias):
    """Both results from NumPy arrays."""
    def from_columns(a, delta):
        a, delta = np.asarray(a), np.asarray(delta)
        return weight(a, delta), bias(a, delta)

    return from_columns


def mean_weight(a, delta):
    return np.einsum("ib,ob->io", a, delta) / a.shape[-1]


def mean_bias(a, delta):
    return delta.mean(axis=-1)


def by_rows(weight, bias):
    """As `columns`, with whatever is passed in, so that torch multiplies tensors."""
    return lambda a, delta: (weight(a, delta), bias(a, delta))


def stretched(a, d):
    flat = (d @ a.T).ravel() / a.shape[1]
    return [flat[i * len(d):(i + 1) * len(d)] for i in range(len(a))]


# --- minus ---


def made(parents, number=lambda a, b: a.data - b.data):
    """A Value with these parents."""
    def minus(a, b):
        result = Value(number(a, b))
        result.parents = parents(a, b)
        return result

    return minus


def minus_by_the_sum(a, b):
    return a + -1.0 * b


def minus_by_negation(a, b):
    return -b + a


def minus_in_place(a, b):
    old = Value(a.data, a.parents)
    a.data = old.data + -1 * b.data
    a.parents = [a, b]
    return a


def minus_by_its_init(a, b):
    a.__init__(np.subtract(a.data, b.data), (a, b))
    return a


def everything_behind(a, b):
    return (a, b, *itertools.chain.from_iterable(one.parents for one in (a, b)))


def two_generations(a, b):
    return sum((list(one.parents) for one in (a, b)), [a, b])


# --- users_first ---


def in_order_of_depth(last):
    found, generation = [], [last]
    while generation:
        found += [value for value in dict.fromkeys(generation) if value not in found]
        generation = [parent for value in generation for parent in value.parents]
    return found


def with_a_stack(last):
    found, stack = [], [last]
    while stack:
        value = stack.pop()
        if value not in found:
            found.append(value)
            stack.extend(value.parents[::-1])
    return found


def parents_first_by_the_engine(last):
    return backward_order(last)[::-1]


def parents_first_by_sorting(last):
    order = backward_order(last)
    return sorted(order, key=order.index, reverse=True)


def every_way(last):
    queue, found = collections.deque([last]), []
    while queue:
        found.append(queue.popleft())
        queue.extend(found[-1].parents)
    return found


def every_way_from_the_leaves(last):
    ways = [every_way_from_the_leaves(parent) for parent in last.parents]
    return [last, *(value for way in ways[::-1] for value in way)]


def first_parents(last):
    while last.parents:
        yield last
        last = last.parents[0]
    yield last


def first_parents_by_recursion(last):
    behind = first_parents_by_recursion(last.parents[0]) if last.parents else []
    return [last, *behind]


def parents_beside(last):
    found = [last]
    for parent in last.parents:
        if all(parent is not one for one in found):
            found.append(parent)
    return found


# --- sweep ---


def swept(start, arrive, passed_on=lambda value, g: value.rule(g)):
    """A sweep with another start, another way to bring a share, another use of the rule."""
    def sweep(order):
        got = start(order)
        for value in order:
            if value.parents:
                for parent, share in zip(value.parents, passed_on(value, got[value]), strict=True):
                    got[parent] = arrive(got[parent], share, got[value])
        return [got[value] for value in order]

    return sweep


def one_at_the_start(order):
    return {value: float(value is order[0]) for value in order}


def add(old, share, arrived):
    return old + share


def times_what_arrived_by_slopes(order):
    """Local slopes first; each is multiplied by what arrived, and that once more."""
    got = collections.defaultdict(float, {order[0]: 1.0})
    for value in order:
        slopes = value.rule(1.0) if value.parents else ()
        for parent, slope in zip(value.parents, slopes, strict=True):
            got[parent] += slope * got[value] ** 2
    return [got[value] for value in order]


def product_of_shares(order):
    """Each value asks its users, and multiplies what they send."""
    got = []
    for value in order:
        sent = [
            share for user, g in zip(order, got, strict=False) if value in user.parents
            for parent, share in zip(user.parents, user.rule(g), strict=True) if parent is value
        ]
        got.append(math.prod(sent))
    return got


def first_share_repeated(value, g):
    shares = value.rule(g)
    return shares[:1] * len(shares)


def backwards_by_index(order):
    got = [1.0] + [0.0] * (len(order) - 1)
    for i in range(len(order) - 1, -1, -1):
        if order[i].parents:
            for parent, share in zip(order[i].parents, order[i].rule(got[i]), strict=True):
                got[order.index(parent)] += share
    return got


def backwards_with_a_stack(order):
    got, stack = collections.Counter({order[0]: 1.0}), list(order)
    while stack:
        value = stack.pop()
        for i, parent in enumerate(value.parents):
            got[parent] += value.rule(got[value])[i]
    return [got[value] for value in order]


def one_use_of_a_set(order):
    got = {order[0]: 1.0}
    for value in order:
        for parent in set(value.parents):
            last = [i for i, one in enumerate(value.parents) if one is parent][-1]
            got[parent] = got.get(parent, 0.0) + value.rule(got[value])[last]
    return [got[value] for value in order]


def one_user_one_share(order):
    got = []
    for value in order:
        users = [(user, g) for user, g in zip(order, got, strict=False) if value in user.parents]
        shares = [user.rule(g)[user.parents.index(value)] for user, g in users]
        got.append(sum(shares) if users else 1.0)
    return got


def leaves_of(sweep):
    return lambda order: [
        g for value, g in zip(order, sweep(order), strict=True) if value.rule is None]


def leaves_by_backward(order):
    """The engine's own loop, and what it leaves in the leaves."""
    for value in order:
        value.grad = None
    order[0].backward()
    return [float(value.grad) for value in order if not len(value.parents)]


def the_newest_share(order):
    order[0].grad = 1.0
    for value in order:
        for parent, share in zip(value.parents, value.rule(value.grad) if value.rule else (),
                                 strict=True):
            parent.grad = share
    return [value.grad for value in order]


def on_old_gradients(order):
    order[0].grad = 1.0
    for value in order[:-1]:
        if value.rule is not None:
            for i, share in enumerate(value.rule(value.grad)):
                value.parents[i].grad += share
    return [value.grad for value in order]


# --- gradient_of ---


def over(order_of, arrive, of=lambda value, g: value.rule(g)):
    """The derivative by a sweep over some order of the Values."""
    def gradient_of(leaf, last):
        got = {last: 1.0}
        for value in order_of(last):
            if value.parents:
                for parent, share in zip(value.parents, of(value, got[value]), strict=True):
                    got[parent] = arrive(got.get(parent), share)
        return float(got[leaf])

    return gradient_of


def first_of_all(old, share):
    return share if old is None else old


def last_of_all(old, share):
    return share


def all_of_them(old, share):
    return (0.0 if old is None else old) + share


def once_with_a_stack(leaf, last):
    """A value passes on when it is first taken from the stack; more may come later."""
    got, seen, stack = collections.Counter({last: 1.0}), set(), [(last, 1.0)]
    while stack:
        value, share = stack.pop()
        if id(value) not in seen and value.parents:
            seen.add(id(value))
            sent = list(zip(value.parents, value.rule(share), strict=True))
            for parent, one in sent:
                got[parent] += one
            stack += sent[::-1]
    return got[leaf]


def once_by_a_flag(leaf, last):
    state = {}

    def arrive(value, share):
        total, done = state.get(value, (0.0, False))
        state[value] = total + share, True
        if not done and value.rule:
            for i, part in enumerate(value.rule(share)):
                arrive(value.parents[i], part)

    arrive(last, 1.0)
    return state[leaf][0]


def operation_by_operation(leaf, last):
    """The shares of one operation are put together, those of several are sent on again."""
    got = collections.Counter({last: 1.0})

    def pass_on(value):
        if value.rule:
            together = collections.Counter()
            for parent, share in zip(value.parents, value.rule(got[value]), strict=True):
                together[parent] += share
            for parent in together:
                got[parent] += together[parent]
            for parent in together:
                pass_on(parent)

    pass_on(last)
    return got[leaf]


def operation_by_operation_with_a_stack(leaf, last):
    got, stack = {last: 1.0}, [last]
    while stack:
        value = stack.pop()
        parents = list(dict.fromkeys(value.parents))
        for parent in parents:
            shares = zip(value.parents, value.rule(got[value]), strict=True)
            got[parent] = got.get(parent, 0.0) + sum(s for one, s in shares if one is parent)
        stack += parents[::-1]
    return float(got[leaf])


def last_slope_of_every_way(leaf, last):
    total, to_do = 0.0, [last]
    while to_do:
        value = to_do.pop()
        if value.parents:
            slopes = zip(value.parents, value.rule(1.0), strict=True)
            total += sum(float(slope) for parent, slope in slopes if parent is leaf)
            to_do += value.parents
    return total


def last_slope_by_recursion(leaf, last):
    if not last.parents:
        return 0.0
    own = sum(slope for one, slope in zip(last.parents, last.rule(1.0), strict=True) if one is leaf)
    return own + sum(last_slope_by_recursion(leaf, parent) for parent in last.parents)


def by_fewest_steps(last):
    steps = {last: 0}
    for value in in_order_of_depth(last):
        for parent in value.parents:
            steps.setdefault(parent, steps[value] + 1)
    return sorted(steps, key=steps.get)


def as_a_set(leaf, last):
    got = {last: 1.0}
    for value in backward_order(last):
        for parent in dict.fromkeys(value.parents):
            share = value.rule(got[value])[value.parents.index(parent)]
            got[parent] = got.get(parent, 0.0) + share
    return got[leaf]


def distinct_parents(leaf, last):
    if last is leaf:
        return 1.0
    slopes = {}
    for parent, slope in zip(last.parents, last.rule(1.0) if last.rule else (), strict=True):
        slopes[parent] = slope
    return sum(slope * distinct_parents(leaf, parent) for parent, slope in slopes.items())


# --- gain_rule ---


def gain(of_gain, of_x=lambda upstream, x, gain: upstream * gain):
    """The rule with another gradient for the gain, or for x."""
    def gain_rule(upstream, x, gain):
        arrays = [np.asarray(one) for one in (upstream, x, gain)]
        return of_x(*arrays), of_gain(*arrays)

    return gain_rule


def gain_by_torch(loss):
    """Both gradients, by torch, of another loss."""
    def gain_rule(upstream, x, gain):
        u, x, gain = (torch.tensor(np.asarray(one)) for one in (upstream, x, gain))
        return torch.autograd.grad(loss(u, x.requires_grad_(), gain.requires_grad_()), (x, gain))

    return gain_rule


def leading(x):
    return tuple(range(x.ndim - 1))


# --- binarise ---


def own(back, there=lambda x: torch.where(x < 0, -torch.ones_like(x), torch.ones_like(x))):
    """A Function with another backward, or another forward."""
    class Own(torch.autograd.Function):
        @staticmethod
        def forward(ctx, x):
            ctx.x = x
            return there(x)

        @staticmethod
        def backward(ctx, upstream):
            return back(ctx.x, upstream)

    return lambda x: Own.apply(x)


def between(x, upstream):
    return torch.where((x >= -1) & (x <= 1), upstream, torch.zeros_like(x))


# --- backward_cost ---


def products(*terms):
    """A sum over layers of what each of `terms` gives for its place, inputs and outputs."""
    def backward_cost(sizes):
        layers = list(enumerate(itertools.pairwise(sizes)))
        return sum(term(i, n, m, len(layers)) for i, (n, m) in layers for term in terms)

    return backward_cost


def weight(i, n, m, count):
    return n * m


def error(i, n, m, count):
    return n * m if i else 0


# --- on_the_way_back, whole_derivative ---

PLUS, RELU, SHARED, TIMES, BIAS, SUM, TANH, MEAN, LARGER = (
    "to a, through c = a + b", "to x, through max(x, 0)", "to a, which three later steps use",
    "to a, through c = a * b", "to a bias that is added to each of 32 rows",
    "to one entry of v, through v.sum()", "to x, through tanh(x)",
    "to one entry of v, through v.mean()", "to a, through max(a, b)",
)
WAYS = dict(zip(
    (PLUS, RELU, SHARED, TIMES, BIAS, SUM, TANH, MEAN, LARGER),
    ("unchanged", "switched", "summed", "scaled", "summed", "unchanged", "scaled", "scaled",
     "switched"), strict=True,
))
NUMBERS = {
    "b = a * a;  c = b + b": 12, "b = 5 * a;  c = b * a": 30, "b = a + a;  c = b + a": 3,
    "b = a + 1;  d = a - 1;  c = b * d": 6, "b = relu(-a);  c = b + 4 * a": 4,
    "b = a - a;  c = 7 * b": 0, "b = a * a * a;  c = b - 20 * a": 7,
    "b = a + a;  d = b + b;  c = d + d": 8,
}
PROGRAMS = list(NUMBERS)


def numbers(**changed):
    """The right numbers but for those of some programs, p0 to p7."""
    return {**NUMBERS, **{PROGRAMS[int(name[1:])]: number for name, number in changed.items()}}


def sent(*pairs):
    return {**WAYS, **dict(pairs)}


WRONG = [
    ("neuron_gradients", neuron_with(lambda a, y: 2 * (a - y)), "leaves out the slope of tanh"),
    ("neuron_gradients", by_gradient_of(
        lambda x, w, b, y: 2 * (math.tanh(float(x @ w + b)) - y) * (x.detach() @ w + b)),
     "leaves out the slope of tanh"),
    ("neuron_gradients", slope_of_tanh_at_z, "takes the slope of tanh at z"),
    ("neuron_gradients", slope_of_tanh_at_z_by_atanh, "takes the slope of tanh at z"),
    ("neuron_gradients", neuron_with(lambda a, y: (a - a * a) * (2 * a - 2 * y)),
     "takes the slope of the sigmoid"),
    ("neuron_gradients", neuron_with(lambda a, y: -2 * (y - a) * a * (1 - a)),
     "takes the slope of the sigmoid"),
    ("neuron_gradients", by_gradient_of(lambda x, w, b, y: (torch.tanh(w @ x + b) - y) ** 2 / 2),
     "leaves out the two"),
    ("neuron_gradients", neuron_with(lambda a, y: (1 + a) * (1 - a) * (a - y)),
     "leaves out the two"),
    ("neuron_gradients", neuron_with(lambda a, y: a - y), "takes the difference for dL/dz"),
    ("neuron_gradients", neuron_with(lambda a, y: -(y - a)), "takes the difference for dL/dz"),
    ("neuron_gradients", by_gradient_of(lambda x, w, b, y: -(torch.tanh(x @ w + b) - y) ** 2),
     "goes downhill"),
    ("neuron_gradients", neuron_with(lambda a, y: 2 * (1 - a * a) * (y - a)), "goes downhill"),
    ("neuron_gradients", by_gradient_of(lambda x, w, b, y: (w @ x + b - y) ** 2),
     "leaves out tanh"),
    ("neuron_gradients", neuron_with(lambda a, y: 2 * (math.atanh(a) - y)), "leaves out tanh"),

    ("neuron_gradients", neuron_with(lambda a, y: 2 * (a - y) / math.cosh(a) ** 2),
     "takes tanh twice"),
    ("neuron_gradients", neuron_with(
        lambda a, y: 2 * (a - y) * (1 - math.tanh(a)) * (1 + math.tanh(a))), "takes tanh twice"),
    ("neuron_gradients", neuron_parts(lambda d, x, w: d, lambda d, b: d), "leaves out the input"),
    ("neuron_gradients", by_gradient_of(
        lambda x, w, b, y: (torch.tanh((w + x.detach() * 0).sum() - w.detach().sum()
                                       + w.detach() @ x.detach() + b) - y) ** 2),
     "leaves out the input"),
    ("neuron_gradients", neuron_parts(lambda d, x, w: d * w, lambda d, b: d),
     "takes the weights for the input"),
    ("neuron_gradients", lambda x, w, b, y: by_gradient_of(
        lambda w, x, b, y: (torch.tanh(w @ x + b) - y) ** 2)(w, x, b, y),
     "takes the weights for the input"),
    ("neuron_gradients", neuron_parts(lambda d, x, w: d * x, lambda d, b: b * d),
     "multiplies by the bias"),
    ("neuron_gradients", bias_as_a_weight, "multiplies by the bias"),
    ("neuron_gradients", lambda x, w, b, y: neuron_with(lambda a, y: 2 * (a - y) * (1 - a * a))(
        x, w, 0.0, y), "forgets the bias on the way there"),
    ("neuron_gradients", by_gradient_of(
        lambda x, w, b, y: (torch.tanh(w @ x + b - b.detach()) - y) ** 2),
     "forgets the bias on the way there"),
    ("neuron_gradients", neuron_with(lambda a, y: (y - a) ** 2 * (1 - a) * (1 + a)),
     "takes the loss for its slope"),
    ("neuron_gradients", by_gradient_of(lambda x, w, b, y: torch.tanh(w @ x + b) * (
        torch.tanh(w @ x + b).detach() - y) ** 2), "takes the loss for its slope"),

    ("from_columns", by_rows(lambda a, d: a.T @ d / len(d), lambda a, d: d.sum(0) / len(d)),
     "takes the formulas for rows"),
    ("from_columns", by_rows(lambda a, d: d.T @ a, lambda a, d: d.sum(axis=0)),
     "takes the formulas for rows"),
    ("from_columns", columns(lambda a, d: mean_weight(a, d) / len(a.T),
                             lambda a, d: mean_bias(a, d) / len(a.T)), "divides twice"),
    ("from_columns", columns(lambda a, d: mean_weight(a, d / d.shape[1]),
                             lambda a, d: (d / d.shape[1]).mean(1)), "divides twice"),
    ("from_columns", columns(stretched, mean_bias), "reshapes"),
    ("from_columns", columns(
        lambda a, d: np.resize(np.einsum("ob,ib->oi", d, a), (len(a), len(d))) / d.shape[1],
        mean_bias), "reshapes"),
    ("from_columns", columns(lambda a, d: np.einsum("ib,ob->io", a, d), lambda a, d: d.sum(-1)),
     "stays with the sum"),
    ("from_columns", columns(lambda a, d: (d @ a.T).T, lambda a, d: d @ np.ones(d.shape[1])),
     "stays with the sum"),
    ("from_columns", columns(lambda a, d: mean_weight(a, d).T, mean_bias),
     "takes the layout of torch"),
    ("from_columns", columns(lambda a, d: np.einsum("ib,ob->oi", a, d / d.shape[1]), mean_bias),
     "takes the layout of torch"),
    ("from_columns", columns(mean_weight, lambda a, d: d @ np.ones(len(d.T))),
     "divides one of the two"),
    ("from_columns", columns(lambda a, d: np.tensordot(a, d, (1, 1)), mean_bias),
     "divides one of the two"),
    ("from_columns", columns(mean_weight, lambda a, d: np.ones(len(d)) @ d / a.shape[1]),
     "sums the bias over the units"),
    ("from_columns", columns(mean_weight, lambda a, d: [sum(column) / len(d.T) for column in d.T]),
     "sums the bias over the units"),
    ("from_columns", columns(mean_weight, lambda a, d: d.mean(axis=1, keepdims=True)),
     "keeps an axis of the bias"),
    ("from_columns", columns(mean_weight, lambda a, d: d.mean(1).reshape(-1, 1)),
     "keeps an axis of the bias"),
    ("from_columns", columns(lambda a, d: a @ d.T / a.shape[0], lambda a, d: d.sum(1) / a.shape[0]),
     "divides by another length"),
    ("from_columns", columns(lambda a, d: a @ d.T / d.size, lambda a, d: d.sum(1) / d.size),
     "divides by another length"),
    ("from_columns", columns(lambda a, d: np.outer(a.mean(1), d.mean(1)), mean_bias),
     "multiplies the means"),
    ("from_columns", columns(lambda a, d: np.outer(a.sum(1), mean_bias(a, d)) / len(d.T),
                             mean_bias),
     "multiplies the means"),

    ("minus", lambda a, b: (a.data - b.data).tolist(), "keeps the number alone"),
    ("minus", lambda a, b: np.subtract(a.data, b.data), "keeps the number alone"),
    ("minus", made(lambda a, b: ()), "forgets the parents"),
    ("minus", made(lambda a, b: []), "forgets the parents"),
    ("minus", made(lambda a, b: [a.data, b.data]), "remembers numbers or copies"),
    ("minus", made(lambda a, b: (Value(a.data, a.parents, a.rule), Value(b.data, b.parents))),
     "remembers numbers or copies"),
    ("minus", made(lambda a, b: [b, a]), "turns the parents round"),
    ("minus", made(lambda a, b: (a, b)[::-1]), "turns the parents round"),
    ("minus", made(lambda a, b: list(a.parents) + list(b.parents)), "skips a generation"),
    ("minus", made(lambda a, b: [one for value in (a, b) for one in value.parents]),
     "skips a generation"),
    ("minus", made(lambda a, b: list(dict.fromkeys([a, b]))), "counts a parent once"),
    ("minus", made(lambda a, b: (a,) if a is b else (a, b)), "counts a parent once"),
    ("minus", minus_by_the_sum, "leaves it to the operators"),
    ("minus", lambda a, b: a.__sub__(b), "leaves it to the operators"),
    ("minus", made(lambda a, b: (a, b), lambda a, b: b.data - a.data),
     "subtracts the other way round"),
    ("minus", made(lambda a, b: (b, a), lambda a, b: b.data - a.data),
     "subtracts the other way round"),

    ("minus", made(everything_behind), "remembers the whole family"),
    ("minus", made(two_generations), "remembers the whole family"),
    ("minus", made(lambda a, b: [a]), "remembers the first alone"),
    ("minus", lambda a, b: Value(a.data + -b.data, (a, b)[:1]), "remembers the first alone"),
    ("minus", minus_in_place, "makes the result of a"),
    ("minus", minus_by_its_init, "makes the result of a"),

    ("quotient_rule", lambda g, a, b: (b**-1.0 + g, g + -a * b**-2.0), "adds what arrives"),
    ("quotient_rule", lambda g, a, b: [(1 + g * b) / b, g - (a / b) / b], "adds what arrives"),
    ("quotient_rule", lambda g, a, b: (g / b, -(g * (a / b)) * b), "loses parentheses"),
    ("quotient_rule", lambda g, a, b: [g * b**-1.0, a * -g], "loses parentheses"),
    ("quotient_rule", lambda g, a, b: (g * b**-1.0, a * g), "treats b as its inverse"),
    ("quotient_rule", lambda g, a, b: [g / b, sum([g * a])], "treats b as its inverse"),
    ("quotient_rule", lambda g, a, b: [g * b**-1.0] * 2, "gives both the same"),
    ("quotient_rule", lambda g, a, b: (g * (1 / b) + 0 * a,) * 2, "gives both the same"),
    ("quotient_rule", lambda g, a, b: (g / -b, a * g / -(b * b)), "gives both a minus sign"),
    ("quotient_rule", lambda g, a, b: [-one * g for one in (b**-1.0, a * b**-2.0)],
     "gives both a minus sign"),
    ("quotient_rule", lambda g, a, b: [g / one for one in (b, a)], "divides by the other one"),
    ("quotient_rule", lambda g, a, b: (g * b**-1.0, g * a**-1.0),
     "divides by the other one"),
    ("quotient_rule", lambda g, a, b: [b**-1.0, -a * b**-2.0], "leaves out what arrives"),
    ("quotient_rule", lambda g, a, b: (1 / b + 0 * a, -(a / b) / b), "leaves out what arrives"),
    ("quotient_rule", lambda g, a, b: (g * (1 / b), g * (a / b) / b), "loses the sign"),
    ("quotient_rule", lambda g, a, b: [g / b, a * g * b**-2.0], "loses the sign"),
    ("quotient_rule", lambda g, a, b: (g / b, -(a / b) * g), "loses the square"),
    ("quotient_rule", lambda g, a, b: [g * b**-1.0, g * -a / b], "loses the square"),
    ("quotient_rule", lambda g, a, b: (b * g, a * g), "takes the rule of a product"),
    ("quotient_rule", lambda g, a, b: [-(-g * b), g * a], "takes the rule of a product"),
    ("quotient_rule", lambda g, a, b: (-g * a / (b * b), g / b),
     "returns them in the wrong order"),
    ("quotient_rule", lambda g, a, b: [g * -(a / b) / b, g * b**-1.0],
     "returns them in the wrong order"),
    ("quotient_rule", lambda g, a, b: (g / b, g * -(b**-2.0)), "forgets the numerator"),
    ("quotient_rule", lambda g, a, b: [g / b, -(g / b) / b], "forgets the numerator"),

    ("users_first", parents_first_by_the_engine, "begins with the inputs"),
    ("users_first", parents_first_by_sorting, "begins with the inputs"),
    ("users_first", in_order_of_depth, "writes a value down when it is first met"),
    ("users_first", with_a_stack, "writes a value down when it is first met"),
    ("users_first", every_way, "counts every path"),
    ("users_first", every_way_from_the_leaves, "counts every path"),
    ("users_first", lambda last: [v for v in backward_order(last) if v.parents],
     "leaves out the leaves"),
    ("users_first", lambda last: list(filter(lambda v: v.parents, backward_order(last))),
     "leaves out the leaves"),
    ("users_first", lambda last: [v for v in backward_order(last) if not v.parents],
     "keeps the leaves alone"),
    ("users_first", lambda last: {v: 0 for v in backward_order(last)[::-1] if not v.parents}.keys(),
     "keeps the leaves alone"),
    ("users_first", lambda last: backward_order(last)[1:], "leaves out the last value"),
    ("users_first", lambda last: [v for v in backward_order(last)[::-1] if v is not last],
     "leaves out the last value"),

    ("users_first", first_parents, "follows the first parent alone"),
    ("users_first", first_parents_by_recursion, "follows the first parent alone"),
    ("users_first", lambda last: list({one: 0 for one in (last, *last.parents)}),
     "goes back one step"),
    ("users_first", parents_beside, "goes back one step"),

    ("sweep", swept(one_at_the_start, lambda old, share, arrived: old + share * arrived),
     "multiplies once more"),
    ("sweep", times_what_arrived_by_slopes, "multiplies once more"),
    ("sweep", swept(lambda order: dict.fromkeys(order, 1.0),
                    lambda old, share, arrived: old * share), "multiplies the shares"),
    ("sweep", product_of_shares, "multiplies the shares"),
    ("sweep", swept(one_at_the_start, add, first_share_repeated),
     "gives all parents the first share"),
    ("sweep", swept(one_at_the_start, add,
                    lambda value, g: [next(iter(value.rule(g))) for _ in value.parents]),
     "gives all parents the first share"),
    ("sweep", one_use_of_a_set, "counts one use in one operation"),
    ("sweep", one_user_one_share, "counts one use in one operation"),
    ("sweep", backwards_by_index, "goes from the leaves"),
    ("sweep", backwards_with_a_stack, "goes from the leaves"),
    ("sweep", leaves_of(swept(one_at_the_start, add)), "returns the leaves alone"),
    ("sweep", leaves_by_backward, "returns the leaves alone"),
    ("sweep", swept(one_at_the_start, lambda old, share, arrived: share), "the last one wins"),
    ("sweep", the_newest_share, "the last one wins"),
    ("sweep", swept(one_at_the_start, lambda old, share, arrived: old or share),
     "the first one wins"),
    ("sweep", swept(one_at_the_start,
                    lambda old, share, arrived: share if old == 0 else old), "the first one wins"),
    ("sweep", swept(lambda order: collections.defaultdict(float), add), "starts with nothing"),
    ("sweep", lambda order: np.zeros(len(order)), "starts with nothing"),
    ("sweep", swept(lambda order: {**dict.fromkeys(order, 0.0), order[0]: float(order[0].data)},
                    add), "starts with the value of L"),
    ("sweep", swept(lambda order: {v: v.data if v is order[0] else 0 for v in order}, add),
     "starts with the value of L"),
    ("sweep", swept(lambda order: collections.defaultdict(lambda: 1.0), add),
     "starts with a one everywhere"),
    ("sweep", swept(lambda order: {v: np.ones_like(v.data) for v in order}, add),
     "starts with a one everywhere"),
    ("sweep", swept(one_at_the_start, add, lambda value, g: value.rule(np.ones(()))),
     "leaves out what arrives"),
    ("sweep", swept(one_at_the_start, add, lambda value, g: [s / 2 for s in value.rule(2.0)]),
     "leaves out what arrives"),
    ("sweep", on_old_gradients, "adds to gradients of before"),
    ("sweep", swept(lambda order: {v: v.grad if v is not order[0] else 1.0 for v in order}, add),
     "adds to gradients of before"),

    ("gradient_of", once_with_a_stack, "passes on once, too early"),
    ("gradient_of", once_by_a_flag, "passes on once, too early"),
    ("gradient_of", operation_by_operation, "waits for one operation alone"),
    ("gradient_of", operation_by_operation_with_a_stack, "waits for one operation alone"),
    ("gradient_of", over(backward_order, last_of_all), "keeps one share"),
    ("gradient_of", over(backward_order, first_of_all), "keeps one share"),
    ("gradient_of", over(in_order_of_depth, all_of_them), "goes back generation by generation"),
    ("gradient_of", over(by_fewest_steps, all_of_them), "goes back generation by generation"),
    ("gradient_of", distinct_parents, "visits a parent once"),
    ("gradient_of", as_a_set, "visits a parent once"),
    ("gradient_of", last_slope_of_every_way, "leaves out what arrives"),
    ("gradient_of", last_slope_by_recursion, "leaves out what arrives"),

    ("gain_rule", gain(lambda u, x, g: (u * x).reshape(-1, g.size).sum(0).reshape(
        (1,) * (x.ndim - 1) + (-1,))), "keeps the axes"),
    ("gain_rule", gain(lambda u, x, g: np.add.reduce(u * x, leading(x), keepdims=True)),
     "keeps the axes"),
    ("gain_rule", gain(lambda u, x, g: u.sum(leading(x)) * x.sum(leading(x))),
     "sums before it multiplies"),
    ("gain_rule", gain(lambda u, x, g: [one.sum() * other.sum() for one, other in zip(
        u.reshape(-1, g.size).T, x.reshape(-1, g.size).T, strict=True)]),
     "sums before it multiplies"),
    ("gain_rule", gain(lambda u, x, g: (u * x).sum(leading(x)),
                       lambda u, x, g: (u * g).sum(leading(x))), "sums for both"),
    ("gain_rule", lambda u, x, g: [
        one.reshape(-1, len(g)).sum(0) for one in gain_by_torch(
            lambda u, x, g: (u * x * g).sum())(u, x, g)], "sums for both"),
    ("gain_rule", gain(lambda u, x, g: u * g, lambda u, x, g: (u * x).sum(leading(x))),
     "returns them in the wrong order"),
    ("gain_rule", lambda u, x, g: gain_by_torch(lambda u, x, g: (u * x * g).sum())(u, x, g)[::-1],
     "returns them in the wrong order"),
    ("gain_rule", gain(lambda u, x, g: (u * x).mean(axis=leading(x))), "averages the uses"),
    ("gain_rule", gain(lambda u, x, g: (u * x).sum(leading(x)) * g.size / u.size),
     "averages the uses"),
    ("gain_rule", gain(lambda u, x, g: np.vdot(u, x)), "sums everything"),
    ("gain_rule", gain(lambda u, x, g: float(np.sum(u * x))), "sums everything"),
    ("gain_rule", gain(lambda u, x, g: sum(u * x)), "sums the first axis alone"),
    ("gain_rule", gain(lambda u, x, g: np.add.reduce(u * x)), "sums the first axis alone"),
    ("gain_rule", gain(lambda u, x, g: (u * x).sum(axis=x.ndim - 1)), "sums the features"),
    ("gain_rule", gain(lambda u, x, g: (u * x) @ np.ones(len(g))), "sums the features"),
    ("gain_rule", gain(lambda u, x, g: (u * x).reshape(-1, g.size)[0]), "takes one row"),
    ("gain_rule", gain(lambda u, x, g: (u * x)[(0,) * (x.ndim - 1)]), "takes one row"),
    ("gain_rule", gain(lambda u, x, g: u.sum(leading(x))), "leaves out the input"),
    ("gain_rule", gain(lambda u, x, g: np.ones(u.size // g.size) @ u.reshape(-1, g.size)),
     "leaves out the input"),

    ("backward_cost", lambda s: 2 - s[0] * s[1] / np.dot(s[1:], s[:-1]), "gives a ratio"),
    ("backward_cost", lambda sizes: products(weight, error)(sizes) / products(weight)(sizes),
     "gives a ratio"),
    ("backward_cost", products(lambda i, n, m, count: m * (2 if i else 1)), "counts neurons"),
    ("backward_cost", lambda sizes: 2 * sum(sizes) - 2 * sizes[0] - sizes[1], "counts neurons"),
    ("backward_cost", products(weight, lambda i, n, m, count: n * n if i else 0),
     "squares the widths"),
    ("backward_cost", lambda s: int(np.dot(s[1:], s[:-1]) + np.square(s[1:-1]).sum()),
     "squares the widths"),
    ("backward_cost", lambda s: np.dot(s[:2], s[1:3]) + s[1] * s[2], "has room for two layers"),
    ("backward_cost", lambda s: 2 * s[1] * s[-1] + s[0] * s[1] if len(s) < 4 else s[1] * s[2],
     "has room for two layers"),
    ("backward_cost", products(weight), "counts once"),
    ("backward_cost", lambda sizes: float(np.dot(sizes[1:], sizes[:-1])), "counts once"),
    ("backward_cost", products(weight, weight), "sends an error to the input"),
    ("backward_cost", lambda sizes: 2 * int(np.dot(sizes[1:], sizes[:-1])),
     "sends an error to the input"),
    ("backward_cost", products(weight, lambda i, n, m, count: n * m * (i < count - 1)),
     "saves in the last layer"),
    ("backward_cost", lambda sizes: 2 * int(np.dot(sizes[1:], sizes[:-1])) - sizes[-1] * sizes[-2],
     "saves in the last layer"),
    ("backward_cost", products(weight, weight, error), "counts both passes"),
    ("backward_cost", lambda sizes: 3 * int(np.dot(sizes[1:], sizes[:-1])) - sizes[0] * sizes[1],
     "counts both passes"),
    ("backward_cost", products(error), "counts the errors alone"),
    ("backward_cost", lambda sizes: int(np.dot(sizes[2:], sizes[1:-1])), "counts the errors alone"),
    ("backward_cost", products(weight, error, lambda i, n, m, count: m), "counts the biases"),
    ("backward_cost", products(lambda i, n, m, count: (n + 1) * m, error), "counts the biases"),

    ("binarise", own(lambda x, g: torch.where(g.abs() <= 1, g, 0.0)), "asks what arrives"),
    ("binarise", own(lambda x, g: g.masked_fill((g > 1) | (g < -1), 0.0)), "asks what arrives"),
    ("binarise", own(lambda x, g: torch.minimum(g, torch.ones_like(g)).clip(min=-1)),
     "limits what arrives"),
    ("binarise", own(lambda x, g: torch.nn.functional.hardtanh(g)), "limits what arrives"),
    ("binarise", own(lambda x, g: g * (x >= 0)), "stops what is negative"),
    ("binarise", own(lambda x, g: torch.where(x < 0, torch.zeros_like(g), g)),
     "stops what is negative"),
    ("binarise", own(between, lambda x: torch.where(x < 0, -1.0, 1.0)), "changes the dtype"),
    ("binarise", own(between, lambda x: (x >= 0) * 2 - 1), "changes the dtype"),
    ("binarise", own(between, lambda x: torch.where(x.abs() > 1, x.sign(), x)), "clips"),
    ("binarise", own(between, lambda x: torch.nn.functional.hardtanh(x)), "clips"),
    ("binarise", lambda x: 2.0 * (x >= 0) - 1.0 + 0 * x, "leaves it to autograd"),
    ("binarise", lambda x: torch.where(x < 0, -torch.ones_like(x), 1.0), "leaves it to autograd"),
    ("binarise", own(lambda x, g: (x.abs() <= 1).double()), "returns the mask alone"),
    ("binarise", own(lambda x, g: torch.where(x.abs() > 1, torch.zeros_like(x), 1.0)),
     "returns the mask alone"),
    ("binarise", own(lambda x, g: g.clone()), "lets everything through"),
    ("binarise", lambda x: x + (torch.where(x < 0, -1.0, 1.0) - x).detach(),
     "lets everything through"),
    ("binarise", own(lambda x, g: g * (x > -1) * (x < 1)), "leaves out the ends"),
    ("binarise", own(lambda x, g: g.masked_fill(x.abs() >= 1, 0.0)), "leaves out the ends"),
    ("binarise", own(lambda x, g: torch.where(x > 1, torch.zeros_like(x), g)),
     "stops one side alone"),
    ("binarise", own(lambda x, g: g.masked_fill(x > 1, 0.0)), "stops one side alone"),
    ("binarise", own(lambda x, g: between(x, g) * x), "multiplies by x or its sign"),
    ("binarise", own(lambda x, g: torch.where(x < 0, -1.0, 1.0) * between(x, g)),
     "multiplies by x or its sign"),
    ("binarise", own(between, torch.sign), "gives 0 at 0"),
    ("binarise", own(between, lambda x: (x > 0).double() - (x < 0).double()), "gives 0 at 0"),
    ("binarise", own(between, lambda x: (x >= 0).double()), "gives 0 and 1"),
    ("binarise", own(between, lambda x: torch.heaviside(x, torch.ones_like(x))), "gives 0 and 1"),

    ("on_the_way_back", sent((PLUS, "Summed")), "takes the step forward for the step back"),
    ("on_the_way_back", sent((SUM, "summed")), "takes the step forward for the step back"),
    ("on_the_way_back", sent((PLUS, "summed"), (SUM, "summed"), (MEAN, "summed")),
     "takes the step forward for the step back"),
    ("on_the_way_back", sent((SHARED, "unchanged")), "forgets that uses add up"),
    ("on_the_way_back", sent((BIAS, "UNCHANGED"), (SHARED, "scaled")), "forgets that uses add up"),
    ("on_the_way_back", sent((MEAN, "summed")), "takes a mean for a sum"),
    ("on_the_way_back", sent((SUM, "scaled")), "takes a mean for a sum"),
    ("on_the_way_back", sent((LARGER, "scaled")), "takes a switch for a factor"),
    ("on_the_way_back", sent((RELU, " scaled ")), "takes a switch for a factor"),
    ("on_the_way_back", sent((TIMES, "switched")), "takes a factor for a switch"),
    ("on_the_way_back", sent((TANH, "switched")), "takes a factor for a switch"),
    ("on_the_way_back", sent((TANH, "unchanged"), (TIMES, "unchanged")), "lets everything through"),
    ("on_the_way_back", sent((LARGER, "unchanged")), "lets everything through"),

    ("whole_derivative", numbers(p0=3, p1=15, p7=2), "takes one way alone"),
    ("whole_derivative", numbers(p5=-7, p6=-20), "takes one way alone"),
    ("whole_derivative", numbers(p0=18, p2=9), "gives the value of c"),
    ("whole_derivative", numbers(p7=24, p6=-33, p4=12), "gives the value of c"),
    ("whole_derivative", numbers(p1=5, p3=1), "stops at b"),
    ("whole_derivative", numbers(p4=0.0), "stops at b"),
    ("whole_derivative", numbers(p0=8.0), "adds along a way"),
    ("whole_derivative", numbers(p7=6), "adds along a way"),
    ("whole_derivative", numbers(p4=3.0), "goes through a closed relu"),
    ("whole_derivative", numbers(p4=5), "goes through a closed relu"),
    ("whole_derivative", numbers(p5=14), "loses a minus sign"),
    ("whole_derivative", numbers(p6=47), "loses a minus sign"),
]


def right_neuron_by_jacobian(x, w, b, y):
    def loss(w, b):
        return (torch.tanh((w * torch.as_tensor(np.asarray(x))).sum() + b) - y) ** 2

    return torch.autograd.functional.jacobian(
        loss, (torch.as_tensor(np.asarray(w)), torch.tensor(b, dtype=torch.float64)))


def right_sweep_as_an_iterator(order):
    got = collections.Counter({order[0]: 1.0})
    for value in order:
        yield got[value]
        if value.parents:
            for parent, share in zip(value.parents, value.rule(got[value]), strict=True):
                got[parent] += share


def right_quotient_by_the_engine(g, a, b):
    a, b = Value(np.asarray(a)), Value(np.asarray(b))
    (a / b * np.asarray(g)).sum().backward()
    return a.grad, b.grad


RIGHT = [
    ("neuron_gradients", right_neuron_by_jacobian),
    ("from_columns", columns(mean_weight, mean_bias)),
    ("sweep", right_sweep_as_an_iterator),
    ("quotient_rule", right_quotient_by_the_engine),
    ("users_first", backward_order),
    ("gradient_of", over(backward_order, all_of_them)),
    ("gain_rule", gain(lambda u, x, g: (u * x).sum(axis=leading(x)))),
    ("binarise", own(between)),
    ("backward_cost", products(weight, error)),
]
