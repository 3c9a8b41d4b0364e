"""The knowledge check: its numbers computed again, its questions its own, its answers spread."""

import ast
import difflib
import itertools
import math
import re
from collections import Counter

import nbformat
import numpy as np
import pytest
import torch
from notebook_tools import BOOK_NOTEBOOKS, ROOT, reading_time

import nnlib.numpy as nn
from nnlib import widgets
from nnlib.chapters import ORDER
from nnlib.chapters.learning_rate.study import kept, trial

NOTEBOOK = nbformat.read(ROOT / "book" / "knowledge_check.ipynb", as_version=4)


def parts():
    """The quizzes of the page, by their variable."""
    made = {"widgets": widgets}
    for cell in NOTEBOOK.cells:
        if "widgets.Quiz(" in cell.source:
            exec(cell.source, made)
    return {name: quiz for name, quiz in made.items() if name.startswith("part_")}


PARTS = parts()
QUESTIONS = [question for quiz in PARTS.values() for question in quiz.questions]


def about(words):
    """The one question whose stem has these words."""
    found = [question for question in QUESTIONS if words in question.stem]
    assert len(found) == 1, (words, len(found))
    return found[0]


def right(words):
    question = about(words)
    return question.options[question.answer]


def feedback(words, option):
    """What is said of an option, given whole or by how it begins."""
    question = about(words)
    named = [text for text in question.options if text.startswith(option)]
    assert option in named or len(named) == 1, (option, question.options)
    place = question.options.index(option if option in named else named[0])
    return question.feedback[place]


def sigmoid(z):
    return nn.sigmoid(np.array([float(z)]))[0]


def test_bytes_of_a_batch():
    batch = np.zeros((32, 224, 224, 3), "float32")
    stem = "224 × 224 pixels, as float32"
    assert right(stem) == f"{batch.nbytes:,}" == "19,267,584"
    assert feedback(stem, f"{batch[..., :1].nbytes:,}").startswith("That is one channel")
    assert feedback(stem, f"{batch.size:,}").startswith("So many numbers")
    assert "float64" in feedback(stem, f"{batch.astype('float64').nbytes:,}")


def test_the_two_neurons():
    z = 35 * 0.2 + 80_000 * 0.00001 - 5
    assert right("an age of 35") == f"{sigmoid(z):.2f}" == "0.94"
    assert f"{sigmoid(z):.4f}" in feedback("an age of 35", "0.94")
    assert feedback("an age of 35", f"{sigmoid(z + 5):.2f}").endswith("the bias was forgotten.")
    assert feedback("an age of 35", f"{z:.2f}").startswith("That is z.")
    z = 2 + 1.5 - 0.5 * 3 - 1
    assert right("reputation 3") == f"{sigmoid(z):.2f}" == "0.73"
    assert "reputation 0" in feedback("reputation 3", f"{sigmoid(z + 1.5):.2f}")
    assert "without the bias" in feedback("reputation 3", f"{sigmoid(z + 1):.2f}")
    assert "1 − 0.73" in feedback("reputation 3", f"{1 - sigmoid(z):.2f}")


def count(model):
    return sum(p.data.size for p in model.parameters())


def test_parameters():
    rng = np.random.default_rng(0)
    layer = nn.Dense(784, 128, rng=rng)
    assert f"{count(layer):,} parameters" in about("takes 784 numbers").stem
    assert count(layer) == 100_480
    assert right("takes 784 numbers").startswith("128")
    assert f"{layer.weight.data.size:,}" in feedback("takes 784 numbers", "128")
    sizes = (10, 64, 32, 16, 1)
    layers = [nn.Dense(a, b, rng=rng) for a, b in itertools.pairwise(sizes)]
    assert right("3,216") == f"The biases: there are {sum(map(count, layers)):,}"
    assert sum(layer.weight.data.size for layer in layers) == 3216
    said = feedback("3,216", "The biases")
    assert all(f"{count(layer):,}" in said for layer in layers)
    assert f"= {sum(sizes[1:])} biases" in said
    assert right("3,216").endswith("3,329")
    linear = torch.nn.Linear(784, 128)
    assert right("So does torch.nn.Linear").startswith(f"Linear keeps {tuple(linear.weight.shape)}")


def row(numbers):
    return "(" + ", ".join(f"{number:.3f}" for number in numbers) + ")"


def test_softmax():
    logits = np.array([[2.0, 1.0, 0.1]])
    assert right("the logits (2, 1, 0.1)") == row(nn.softmax(logits)[0]) == "(0.659, 0.242, 0.099)"
    stem = "the logits (2, 1, 0.1)"
    assert "divided by their sum" in feedback(stem, row(logits[0] / logits.sum()))
    assert "three sigmoids" in feedback(stem, row(nn.sigmoid(logits)[0]))
    assert right("leaves all their probabilities") == "Adding 100 to each of them"
    same, other = nn.softmax(logits + 100), nn.softmax(logits * 100)
    np.testing.assert_allclose(same, nn.softmax(logits))
    assert other.max() > 0.999
    assert np.abs(nn.softmax(logits**2) - nn.softmax(logits)).max() > 0.1


def test_softmax_twice():
    stem = "“End the network in softmax"
    flattened = nn.softmax(np.array([[1.0, 0.0, 0.0]]))[0]
    assert "(" + ", ".join(f"{p:.2f}" for p in flattened) + ")" in feedback(stem, "Nothing")
    sure = nn.tensor(np.eye(10)[:1])
    floor = nn.CrossEntropyLoss()(sure, np.array([0])).item()
    assert floor == pytest.approx(math.log(1 + 9 / math.e), rel=1e-6)
    assert right(stem) == f"It keeps the loss at {floor:.2f} or above"


def test_leaky_relu_is_not_centred():
    # The mean over a fine grid of the normal distribution's quantiles.
    z = np.linspace(-9, 9, 200_001)
    density = np.exp(-z**2 / 2)
    mean = {slope: (density * np.where(z > 0, z, slope * z)).sum() / density.sum()
            for slope in (0, 0.01)}
    stem = "“Leaky ReLU has negative outputs"
    assert right(stem) == f"{mean[0.01]:.3f}: ReLU has {mean[0]:.3f}"
    assert mean[0.01] == pytest.approx(0.99 / math.sqrt(2 * math.pi), rel=1e-5)


def zero_network(hidden_activation, updates=200):
    """A network that starts at 0 in everything, trained; how far its layers are from 0 then."""
    rng = np.random.default_rng(0)
    x, y = rng.normal(size=(40, 3)).astype("float32"), np.repeat([0, 1, 1, 1], 10)
    model = nn.Sequential(nn.Dense(3, 8, init="zeros", rng=rng), hidden_activation,
                          nn.Dense(8, 8, init="zeros", rng=rng), hidden_activation.__class__(),
                          nn.Dense(8, 2, init="zeros", rng=rng))
    loss_fn, optimizer = nn.CrossEntropyLoss(), nn.SGD(model.parameters(), lr=0.5)
    for _ in range(updates):
        loss_fn(model(x), y)
        optimizer.zero_grad()
        model.backward(loss_fn.backward())
        optimizer.step()
    return {name: np.abs(value).max() for name, value in model.state_dict().items()}


@pytest.mark.parametrize("activation", [nn.ReLU, nn.Tanh])
def test_only_the_last_biases_move_where_all_is_zero(activation):
    moved = {name for name, size in zero_network(activation()).items() if size > 0}
    assert moved == {"4.bias"}
    assert right("every hidden unit then learns").startswith("No hidden unit learns anything")
    assert "Only its last biases" in feedback("weights and biases at 0, and still", "A deep ReLU")


def test_a_single_neuron_may_start_at_zero():
    rng = np.random.default_rng(0)
    x = rng.normal(size=(200, 2)).astype("float32")
    y = (x[:, :1] > 0.3 * x[:, 1:]).astype("float32")
    model = nn.Sequential(nn.Dense(2, 1, init="zeros", rng=rng))
    nn.fit(model, nn.BCEWithLogitsLoss(), nn.SGD(model.parameters(), lr=1.0), (x, y), epochs=30,
           batch_size=20, rng=rng)
    assert ((model(x) > 0) == (y == 1)).mean() > 0.97
    assert right("weights and biases at 0, and still") == "A single neuron with a sigmoid"


def test_without_a_bias_the_border_goes_through_the_origin():
    assert (sigmoid(0), np.tanh(0.0), nn.relu(np.zeros(1))[0]) == (0.5, 0, 0)
    assert "a sigmoid says 0.5" in feedback("“Leave out the bias", "The border where z is 0")


def test_steps_of_an_epoch():
    sizes = [len(x) for x, _ in nn.batches(np.zeros((1437, 1)), np.zeros(1437), batch_size=32)]
    assert len(sizes) == math.ceil(1437 / 32) == 45
    assert "45 steps an epoch" in about("1,437 training rows").stem
    assert right("1,437 training rows") == str(sizes[-1])
    dropped = list(nn.batches(np.zeros((1437, 1)), np.zeros(1437), batch_size=32, drop_last=True))
    assert f"would make it {len(dropped)} steps" in feedback("1,437 training rows", str(sizes[-1]))
    assert f"{32 - sizes[-1]} are missing" in feedback("1,437 training rows", "3")


def test_the_first_step_of_adam():
    gradients = np.array([0.002, 50.0])
    moves = {}
    for method in (nn.Adam, nn.SGD):
        weights = nn.Parameter(np.zeros(2))
        weights.grad = gradients
        method([weights], lr=0.001).step()
        moves[method] = -weights.data
    np.testing.assert_allclose(moves[nn.Adam], 0.001, rtol=1e-4)
    assert right("Adam at rate 0.001") == "0.001 and 0.001"
    shown = [float(f"{move:.6f}") for move in moves[nn.SGD]]
    assert "That is SGD" in feedback("Adam at rate 0.001", f"{shown[0]:.6f} and {shown[1]:g}")
    uncorrected = 0.001 * (1 - 0.9) / math.sqrt(1 - 0.999)
    assert "correction" in feedback("Adam at rate 0.001", f"{uncorrected:.5f} and")


def test_the_spam_filter():
    spam, flagged, found, mails = 50, 60, 40, 1000
    stem = "Of 1,000 mails 50 are spam"
    assert right(stem) == f"{found / spam:.0%}".replace("%", " %")
    assert "precision" in feedback(stem, f"{found / flagged:.0%}"[:-1])
    treated = found + mails - spam - (flagged - found)
    assert "accuracy" in feedback(stem, f"{treated / mails:.0%}"[:-1])
    assert feedback(stem, f"{spam / flagged:.0%}"[:-1]).startswith("50 of 60")


def test_the_best_of_forty_equal_settings_is_flattered():
    stem = "Forty settings of a network"
    right_of_442 = np.random.default_rng(0).binomial(442, 0.74, (1000, 40)) / 442
    best = right_of_442.max(axis=1)
    assert (best > 0.76).all()
    assert np.median(best) > 0.78                # as high as what is reported, by luck alone
    assert right(stem).startswith("It is flattered")


def test_the_three_runs_of_the_picture():
    shown = {name: kept.results().runs[rate, 64][2]
             for name, rate in {"A": 3.0, "B": 0.1, "C": 0.001}.items()}
    [cell] = [cell for cell in NOTEBOOK.cells if "train_loss" in cell.source]
    assert '{"A": 3.0, "B": 0.1, "C": 0.001}' in cell.source
    assert "[rate, 64][2]" in cell.source
    losses = {name: np.array(run.train_loss) for name, run in shown.items()}
    assert len({round(curve[0], 9) for curve in losses.values()}) == 1        # one start for all
    assert losses["A"][1] > losses["A"][0]
    assert np.abs(losses["A"][2:] - math.log(10)).max() < 0.05
    assert shown["A"].firing_units < trial.FEW
    assert (np.diff([losses["B"], losses["C"]]) < 0).all()
    assert losses["B"][-1] < 0.2
    assert f"{losses['C'][-1]:.1f}" == "2.2"
    assert right("far too high. Which one") == "A"
    assert "near 2.2" in about("change in run C").options[0]
    assert "100 times the rate" in feedback("change in run C", "Raise the rate")


def test_what_eval_changes_and_what_it_does_not():
    model = torch.nn.Sequential(torch.nn.Linear(3, 4), torch.nn.BatchNorm1d(4), torch.nn.Dropout())
    before = model[1].running_mean.clone()
    model.eval()
    x = torch.randn(8, 3, generator=torch.Generator().manual_seed(0))
    out, again = model(x), model(x)
    assert out.requires_grad
    assert torch.equal(out, again)
    assert torch.equal(model[1].running_mean, before)
    np.testing.assert_allclose(out[:1].detach(), model(x[:1]).detach(), atol=1e-6)
    assert right("still goes on as in training mode") == "Operations are recorded for gradients"


def test_what_a_state_dictionary_holds():
    model = nn.Sequential(nn.Dense(64, 8, rng=np.random.default_rng(0)), nn.BatchNorm(8))
    held = set(model.state_dict())
    assert held == {"0.weight", "0.bias", "1.weight", "1.bias", "1.running_mean", "1.running_var"}
    stem = "You hand on state_dict()"
    assert "buffers" in feedback(stem, "The running means")
    assert right(stem).startswith("The scale of the pixels")


def test_bytes_of_attention():
    sizes = {}
    for places in (64, 128):
        block = nn.TransformerBlock(32, 4, 128, rng=np.random.default_rng(0))
        block(np.zeros((1, places, 32), "float32"))
        sizes[places] = block.attention.kept()[2].nbytes
    stem = "An attention layer keeps its weights"
    assert f"{sizes[64]:,} bytes" in about(stem).stem
    assert right(stem) == f"{sizes[128]:,}"


def flattened(side):
    """What Flatten hands on behind two convolutions of 3 × 3 without padding, each pooled by 2."""
    layers = (torch.nn.Conv2d(3, 32, 3, device="meta"), torch.nn.MaxPool2d(2),
              torch.nn.Conv2d(32, 64, 3, device="meta"), torch.nn.MaxPool2d(2))
    return torch.nn.Sequential(*layers)(torch.empty(1, 3, side, side, device="meta")).numel()


def test_the_classifier_for_smaller_pictures():
    stem = "built for 112 × 112"
    assert (flattened(224), flattened(112)) == (54 * 54 * 64, 26 * 26 * 64)
    assert "26 · 26 · 64 numbers instead of 54 · 54 · 64" in about(stem).feedback[0]
    assert right(stem) == "They fall to about a quarter"
    assert 0.2 < flattened(112) / flattened(224) < 0.3


# What holds for the questions as a whole


def chapters_of(questions):
    return [question.section[1].partition("#")[0] for question in questions]


def test_every_chapter_has_a_question_in_the_part_it_belongs_to():
    pages = [f"{number:02d}_{slug}.ipynb" for number, slug in enumerate(ORDER, start=1)]
    expected = {"part_1": pages[:6], "part_2": pages[6:10], "part_3": pages[10:]}
    for name, quiz in PARTS.items():
        assert set(chapters_of(quiz.questions)) == set(expected[name])
    for question in QUESTIONS:
        number = int(question.section[1][:2])
        assert question.section[0].startswith(f"Chapter {number}, ")


def test_the_page_says_how_many_questions_there_are_and_how_long_they_take():
    opening = NOTEBOOK.cells[0].source
    minutes = 5 * round(len(QUESTIONS) * reading_time.MINUTES_A_QUESTION / 5)
    assert f"{len(QUESTIONS)} questions" in opening
    assert f"about {minutes} minutes" in opening


@pytest.mark.parametrize("name", PARTS)
def test_no_place_is_right_much_more_often_than_another(name):
    places = Counter(question.answer for question in PARTS[name].questions)
    assert set(places) == {0, 1, 2, 3}
    assert max(places.values()) <= 1.6 * len(PARTS[name].questions) / 4


def test_the_right_option_does_not_show_by_its_length():
    def mean(lengths):
        return sum(lengths) / len(lengths)

    rights = [len(q.options[q.answer]) for q in QUESTIONS]
    wrongs = [len(text) for q in QUESTIONS for i, text in enumerate(q.options) if i != q.answer]
    assert 0.85 < mean(rights) / mean(wrongs) < 1.15
    longest = [max(q.options, key=len) == q.options[q.answer] for q in QUESTIONS]
    assert 0.1 < mean(longest) < 0.4                        # a quarter is chance
    for question in QUESTIONS:
        assert len(question.options) == 4


def test_no_two_questions_share_the_words_by_which_answers_are_kept():
    stems = [question.stem for question in QUESTIONS]
    assert len(set(stems)) == len(stems)


def asked_in_chapters():
    for path in BOOK_NOTEBOOKS:
        if not reading_time.CHAPTER.fullmatch(path.stem):
            continue
        for cell in nbformat.read(path, as_version=4).cells:
            if cell.cell_type != "code" or not reading_time.QUESTION.search(cell.source):
                continue
            for node in ast.walk(ast.parse(cell.source)):
                if isinstance(node, ast.Call) and re.search(
                    r"(Predict|Question)$", ast.unparse(node.func)
                ):
                    yield path.stem, ast.literal_eval(node.args[0]), ast.literal_eval(node.args[1])


def test_no_question_is_a_copy_of_one_that_a_chapter_asks():
    asked = list(asked_in_chapters())
    assert len(asked) > 150
    for question in QUESTIONS:
        for chapter, stem, options in asked:
            like = difflib.SequenceMatcher(None, question.stem, stem, autojunk=False)
            ratios = (like.real_quick_ratio, like.quick_ratio, like.ratio)     # ever slower
            assert not all(ratio() > 0.7 for ratio in ratios), (chapter, stem, question.stem)
            assert set(options) != set(question.options), (chapter, stem, question.stem)
