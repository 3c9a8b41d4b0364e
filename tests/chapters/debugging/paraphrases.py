"""The mistakes of the repairs in other words than the banks', and other right answers."""

import numpy as np

# --- scores_to_loss ---


def _scores(x, w1, b1, w2, b2):
    return np.maximum(x @ w1 + b1, 0) @ w2 + b2


def _softmax(scores):
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def _right(scores, labels):
    return np.mean(scores.argmax(axis=1) == labels)


def clipped_at_1e_7(x, labels, w1, b1, w2, b2):
    scores = _scores(x, w1, b1, w2, b2)
    p = np.maximum(_softmax(scores), 1e-7)
    return np.mean([-np.log(row[label]) for row, label in zip(p, labels, strict=True)]), _right(
        scores, labels)


def something_small_added(x, labels, w1, b1, w2, b2):
    scores = _scores(x, w1, b1, w2, b2)
    chosen = (_softmax(scores) * np.eye(scores.shape[1])[labels]).sum(axis=1)
    return -np.mean(np.log(chosen + 1e-15)), _right(scores, labels)


def floor_by_row(x, labels, w1, b1, w2, b2):
    scores = _scores(x, w1, b1, w2, b2)
    losses = []
    for p, label in zip(_softmax(scores), labels, strict=True):
        losses.append(np.logaddexp.reduce(p) - p[label] - np.log(1 + (len(p) - 1) / np.e))
    return np.mean(losses), _right(scores, labels)


def floor_of_the_best_row(x, labels, w1, b1, w2, b2):
    scores = _scores(x, w1, b1, w2, b2)
    p, best = _softmax(scores), np.eye(scores.shape[1])[0]
    chosen = np.take_along_axis(p, labels[:, None], axis=1).ravel()
    floor = np.logaddexp.reduce(best) - best.max()
    return np.mean(np.logaddexp.reduce(p, axis=1) - chosen) - floor, _right(scores, labels)


def not_divided_by_row(x, labels, w1, b1, w2, b2):
    scores = _scores(x, w1, b1, w2, b2)
    losses = [np.logaddexp.reduce(np.exp(row - row.max())) - np.exp(row[label] - row.max())
              for row, label in zip(scores, labels, strict=True)]
    return sum(losses) / len(losses), _right(scores, labels)


def not_divided_one_hot(x, labels, w1, b1, w2, b2):
    scores = _scores(x, w1, b1, w2, b2)
    e = np.exp((scores.T - scores.max(axis=1)).T)
    log_p = e - np.logaddexp.reduce(e, axis=1, keepdims=True)
    return -np.sum(log_p * np.eye(e.shape[1])[labels]) / len(e), _right(e, labels)


# --- copied_parts ---


def exact_by_tile(x, y, copies, held, rng):
    kept = rng.choice(len(x), held, replace=False)
    rest = np.delete(np.arange(len(x)), kept)
    return (np.tile(x[rest], (copies, 1)), np.tile(y[rest], copies)), (x[kept], y[kept])


def exact_by_loop(x, y, copies, held, rng):
    order = list(rng.permutation(len(x)))
    many = [row for row in order[held:] for _ in range(copies)]
    return (np.array([x[row] for row in many]), np.array([y[row] for row in many])), (
        x[order[:held]], y[order[:held]])


def one_noise_by_tile(x, y, copies, held, rng):
    order = rng.permutation(len(x))
    kept, rest = order[:held], order[held:]
    noisy = x[rest] + 0.03 * rng.standard_normal(x[rest].shape)
    return (np.tile(noisy, (copies, 1)), np.tile(y[rest], copies)), (x[kept], y[kept])


def noise_before_the_deal(x, y, copies, held, rng):
    noisy, order = x + rng.normal(0, 0.03, x.shape), rng.permutation(len(x))
    many = np.repeat(order[held:], copies)
    return (noisy[many], y[many]), (x[order[:held]], y[order[:held]])


def last_rows_held(x, y, copies, held, rng):
    many = np.tile(np.arange(len(x) - held), copies)
    return (x[many] + rng.normal(0, 0.03, x[many].shape), y[many]), (x[-held:], y[-held:])


def first_rows_by_slices(x, y, copies, held, rng):
    rounds = [x[held:] + 0.03 * rng.standard_normal(x[held:].shape) for _ in range(copies)]
    return (np.concatenate(rounds), np.concatenate([y[held:]] * copies)), (x[:held], y[:held])


# --- fit_rows ---


def half_of_the_rate(x, y, lr, size, epochs):
    w, total = np.zeros(x.shape[1]), 0.0
    for start in list(range(0, len(x), size)) * epochs:
        a, b = x[start : start + size], y[start : start + size]
        total = total + 2 * a.T @ (a @ w - b) / len(a)
        w = w - 0.5 * lr * total
    return w


def hundredth_of_the_rate(x, y, lr, size, epochs):
    w, found, lr = np.zeros(x.shape[1]), [], 0.01 * lr
    for _ in range(epochs):
        for start in range(0, len(x), size):
            a, b = x[start : start + size], y[start : start + size]
            found.append(2 * (a @ w - b) @ a / len(a))
            w = w - lr * np.sum(found, axis=0)
    return w


def last_batch_by_size_at_once(x, y, lr, size, epochs):
    w = np.zeros(x.shape[1])
    for start in list(range(0, len(x), size)) * epochs:
        a, b = x[start : start + size], y[start : start + size]
        w = w - lr * 2 * a.T @ (a @ w - b) / size
    return w


def last_batch_by_size_summed(x, y, lr, size, epochs):
    w = np.zeros(x.shape[1])
    for _ in range(epochs):
        for start in range(0, len(x), size):
            rows = range(start, min(start + size, len(x)))
            w = w - 2 * lr / size * sum((x[i] @ w - y[i]) * x[i] for i in rows)
    return w


# --- share_right ---


def mixed_in_one_batch(model, batches):
    x = np.concatenate([model.as_numpy(a) for a, _ in batches])
    y = np.concatenate([model.as_numpy(b) for _, b in batches])
    order = np.random.default_rng(0).permutation(len(x))
    said = model.as_numpy(model(model.as_input(x[order]))).argmax(axis=1)
    return np.count_nonzero(said == y[order]) / len(y)


def one_batch_of_lists(model, batches):
    rows = [row for a, _ in batches for row in model.as_numpy(a)]
    labels = [int(label) for _, b in batches for label in model.as_numpy(b)]
    with model.no_grad():
        scores = model.as_numpy(model(model.as_input(np.stack(rows))))
    return sum(int(row.argmax()) == label
               for row, label in zip(scores, labels, strict=True)) / len(labels)


# --- safe_rate ---


def _with_bias(x):
    return np.hstack([np.ones((len(x), 1)), x])


def edge_by_singular_values(x):
    return len(x) / np.linalg.svd(_with_bias(x), compute_uv=False)[0] ** 2


def edge_by_norm(x):
    return 1 / (np.linalg.norm(_with_bias(x), 2) ** 2 / len(x))


def centred_by_hand(x):
    a = _with_bias(x) - _with_bias(x).mean(axis=0)
    return 0.5 / np.linalg.eigvalsh(a.T @ a / len(a)).max()


def centred_without_a_bias(x):
    return len(x) / (2 * np.linalg.norm(x - x.mean(axis=0), 2) ** 2)


def mean_by_trace(x):
    a = _with_bias(x)
    return a.shape[1] / (2 * np.trace(a.T @ a) / len(a))


def mean_of_the_columns(x):
    return 1 / (2 * np.mean(_with_bias(x) ** 2))


# --- names_said ---


def _sure(scores):
    return _softmax(scores).max(axis=1)


def scores_moved_by_row(scores, folders):
    order = sorted(range(len(folders)), key=lambda place: folders[place])
    said = []
    for row in scores:
        moved = [row[place] for place in order]
        said.append((folders[moved.index(max(moved))], float(_softmax(row).max())))
    return said


def scores_moved_by_take(scores, folders):
    best = np.take(scores, np.argsort(folders), axis=1).argmax(axis=1)
    return list(zip(np.array(folders)[best].tolist(), _sure(scores).tolist(), strict=True))


def by_the_last_letter(scores, folders):
    names = sorted(folders, key=lambda name: name[::-1])
    return [(names[row.argmax()], float(_softmax(row).max())) for row in scores]


def turned_listing(scores, folders):
    names = list(reversed(folders))
    return [(names[place], p) for place, p in zip(scores.argmax(1), _sure(scores), strict=True)]


def typed_in_counting_order(scores, folders):
    names = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
    return [(names[row.argmax()], float(_softmax(row).max())) for row in scores]


def typed_as_a_table(scores, folders):
    names = {0: "class 0", 1: "class 1", 2: "class 2", 3: "class 3", 4: "class 4"}
    return [(names[int(i)], float(p)) for i, p in zip(scores.argmax(1), _sure(scores), strict=True)]


def overflow_and_right_names(scores, folders):
    names = np.sort(folders)[scores.argmax(axis=1)]
    with np.errstate(over="ignore", invalid="ignore"):
        e = np.exp(scores)
        sure = e.max(axis=1) / e.sum(axis=1)
    return [(str(name), float(p)) for name, p in zip(names, sure, strict=True)]


def overflow_by_row(scores, folders):
    said = []
    with np.errstate(over="ignore", invalid="ignore"):
        for row in scores:
            p = np.exp(row) / sum(np.exp(row))
            said.append((sorted(folders)[int(np.argmax(row))], float(np.max(p))))
    return said


WRONG = [
    ("scores_to_loss", clipped_at_1e_7, "clips the probability"),
    ("scores_to_loss", something_small_added, "clips the probability"),
    ("scores_to_loss", floor_by_row, "subtracts the floor"),
    ("scores_to_loss", floor_of_the_best_row, "subtracts the floor"),
    ("scores_to_loss", not_divided_by_row, "leaves only the division out"),
    ("scores_to_loss", not_divided_one_hot, "leaves only the division out"),
    ("copied_parts", exact_by_tile, "loses the noise"),
    ("copied_parts", exact_by_loop, "loses the noise"),
    ("copied_parts", one_noise_by_tile, "gives all copies of a row one noise"),
    ("copied_parts", noise_before_the_deal, "gives all copies of a row one noise"),
    ("copied_parts", last_rows_held, "holds rows by their place"),
    ("copied_parts", first_rows_by_slices, "holds rows by their place"),
    ("fit_rows", half_of_the_rate, "lowers the rate"),
    ("fit_rows", hundredth_of_the_rate, "lowers the rate"),
    ("fit_rows", last_batch_by_size_at_once, "divides the last batch by size"),
    ("fit_rows", last_batch_by_size_summed, "divides the last batch by size"),
    ("share_right", mixed_in_one_batch, "puts all rows into one batch"),
    ("share_right", one_batch_of_lists, "puts all rows into one batch"),
    ("safe_rate", edge_by_singular_values, "gives the edge"),
    ("safe_rate", edge_by_norm, "gives the edge"),
    ("safe_rate", centred_by_hand, "centres the inputs"),
    ("safe_rate", centred_without_a_bias, "centres the inputs"),
    ("safe_rate", mean_by_trace, "averages the directions"),
    ("safe_rate", mean_of_the_columns, "averages the directions"),
    ("names_said", scores_moved_by_row, "moves the scores"),
    ("names_said", scores_moved_by_take, "moves the scores"),
    ("names_said", by_the_last_letter, "sorts by something else"),
    ("names_said", turned_listing, "sorts by something else"),
    ("names_said", typed_in_counting_order, "types the names in"),
    ("names_said", typed_as_a_table, "types the names in"),
    ("names_said", overflow_and_right_names, "lets exp overflow"),
    ("names_said", overflow_by_row, "lets exp overflow"),
]
RIGHT = []
