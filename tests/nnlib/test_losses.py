"""Losses: values, gradients, reductions, refusals."""

import re
import warnings

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from torch_reference import torch_gradients

import nnlib.numpy as nn
from nnlib.gradcheck import gradcheck
from nnlib.numpy.loss import Loss

REDUCTIONS = ["mean", "sum", "none"]


def rng(seed=0):
    return np.random.default_rng(seed)


def raises(kind, message):
    return pytest.raises(kind, match=f"^{re.escape(message)}")


def probabilities(shape, seed=3):
    p = rng(seed).random(shape)
    return p / p.sum(axis=-1, keepdims=True)


# ------------------------------------------------------------------------------------------- MSE


@pytest.mark.parametrize("reduction", REDUCTIONS)
@pytest.mark.parametrize("shape", [(5,), (4, 3), (2, 3, 2)])
def test_mse_agrees_with_autograd(reduction, shape):
    prediction, target = rng(1).standard_normal(shape), rng(2).standard_normal(shape)
    expected, (gradient, _) = torch_gradients(
        lambda p, t: F.mse_loss(p, t, reduction=reduction), 1.0, prediction, target
    )
    loss_fn = nn.MSELoss(reduction=reduction)
    np.testing.assert_allclose(loss_fn(prediction, target), expected, rtol=1e-14)
    np.testing.assert_allclose(loss_fn.backward(), gradient, rtol=1e-14)


@pytest.mark.parametrize("reduction", REDUCTIONS)
def test_mse_passes_finite_differences(reduction):
    loss_fn, p, t = nn.MSELoss(reduction=reduction), rng(1).random((4, 3)), rng(2).random((4, 3))
    assert gradcheck(loss_fn, p, t, rng=rng(3)) < 1e-7


def test_mse_means_over_all_elements_not_over_rows():
    loss_fn = nn.MSELoss()
    assert loss_fn(np.array([[1.0, 2.0]]), np.array([[0.0, 0.0]])) == 2.5
    np.testing.assert_array_equal(loss_fn.backward(), [[1.0, 2.0]])


def test_mse_refuses_to_broadcast():
    with raises(
        ValueError, "MSELoss expected prediction and target of the same shape, got (5, 1) and (5,)"
    ):
        nn.MSELoss()(np.ones((5, 1)), np.ones(5))


def test_mse_refuses_other_dtypes():
    with raises(TypeError, "MSELoss expected float32 target, got float64"):
        nn.MSELoss()(np.ones(2, np.float32), np.ones(2))
    with raises(TypeError, "MSELoss expected float64 target, got int64"):
        nn.MSELoss()(np.ones(2), np.ones(2, np.int64))
    with raises(TypeError, "MSELoss expected float32 or float64 prediction, got int64"):
        nn.MSELoss()(np.ones(2, np.int64), np.ones(2, np.int64))
    with raises(TypeError, "MSELoss expected target to be a NumPy array, got list"):
        nn.MSELoss()(np.ones(2), [1.0, 1.0])


# --------------------------------------------------------------------------------- cross-entropy


@pytest.mark.parametrize("reduction", REDUCTIONS)
@pytest.mark.parametrize("smoothing", [0.0, 0.1])
@pytest.mark.parametrize("shape", [(5, 4), (2, 3, 4), (1, 1), (4,)])
def test_cross_entropy_of_labels_agrees_with_autograd(reduction, smoothing, shape):
    z, labels = 3 * rng(1).standard_normal(shape), rng(2).integers(0, shape[-1], shape[:-1])

    def reference(z, labels):  # torch wants one batch axis, then the classes
        options = {"reduction": reduction, "label_smoothing": smoothing}
        losses = F.cross_entropy(z.reshape(-1, shape[-1]), labels.reshape(-1), **options)
        return losses.reshape(shape[:-1]) if reduction == "none" else losses

    expected, (gradient, _) = torch_gradients(reference, 1.0, z, labels)
    loss_fn = nn.CrossEntropyLoss(smoothing, reduction=reduction)
    np.testing.assert_allclose(loss_fn(z, labels), expected, rtol=1e-12, atol=1e-15)
    np.testing.assert_allclose(loss_fn.backward(), gradient, rtol=1e-11, atol=1e-15)


@pytest.mark.parametrize("reduction", REDUCTIONS)
@pytest.mark.parametrize("smoothing", [0.0, 0.2])
@pytest.mark.parametrize("summing_to_one", [True, False])
def test_cross_entropy_of_probabilities_agrees_with_autograd(reduction, smoothing, summing_to_one):
    z = rng(1).standard_normal((5, 4))
    rows = probabilities((5, 4)) if summing_to_one else rng(2).random((5, 4))
    options = {"reduction": reduction, "label_smoothing": smoothing}
    expected, (gradient, _) = torch_gradients(
        lambda z, t: F.cross_entropy(z, t, **options), 1.0, z, rows
    )
    loss_fn = nn.CrossEntropyLoss(smoothing, reduction=reduction)
    np.testing.assert_allclose(loss_fn(z, rows), expected, rtol=1e-12)
    np.testing.assert_allclose(loss_fn.backward(), gradient, rtol=1e-11)


@pytest.mark.parametrize("reduction", REDUCTIONS)
@pytest.mark.parametrize("smoothing", [0.0, 0.1])
def test_cross_entropy_passes_finite_differences(reduction, smoothing):
    loss_fn = nn.CrossEntropyLoss(smoothing, reduction=reduction)
    z, labels = rng(1).standard_normal((2, 3, 4)), rng(2).integers(0, 4, (2, 3))
    assert gradcheck(loss_fn, z, labels, rng=rng(3)) < 1e-6
    assert gradcheck(loss_fn, z, probabilities((2, 3, 4)), rng=rng(3)) < 1e-6


@pytest.mark.parametrize("smoothing", [0.0, 0.3])
def test_labels_and_one_hot_rows_are_the_same_target(smoothing):
    z, labels = rng(1).standard_normal((6, 4)), np.array([0, 3, 1, 1, 2, 0])
    loss_fn = nn.CrossEntropyLoss(smoothing)
    sparse, sparse_gradient = loss_fn(z, labels), loss_fn.backward()
    np.testing.assert_allclose(loss_fn(z, np.eye(4)[labels]), sparse, rtol=1e-14)
    np.testing.assert_allclose(loss_fn.backward(), sparse_gradient, rtol=1e-12, atol=1e-16)


def test_the_loss_of_a_network_that_knows_nothing_is_log_of_the_classes():
    loss = nn.CrossEntropyLoss()(np.zeros((7, 10), np.float32), np.arange(7))
    assert loss.item() == pytest.approx(np.log(10), rel=1e-6)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(
    hnp.arrays(np.float64, (3, 4), elements=st.floats(-40, 40)),
    hnp.arrays(np.int64, 3, elements=st.integers(0, 3)),
    st.floats(-300, 300),
)
def test_properties_of_cross_entropy(z, labels, shift):
    loss_fn = nn.CrossEntropyLoss(reduction="none")
    losses, gradient = loss_fn(z, labels), loss_fn.backward()
    assert (losses >= 0).all()
    np.testing.assert_allclose(gradient.sum(axis=-1), 0, atol=1e-14)  # a shift changes nothing
    np.testing.assert_allclose(loss_fn(z + shift, labels), losses, rtol=1e-9, atol=1e-10)
    np.testing.assert_allclose(gradient, nn.softmax(z) - np.eye(4)[labels], atol=1e-15)


def test_cross_entropy_neither_overflows_nor_takes_the_log_of_zero():
    z = np.array([[1e4, 0, -1e4]], np.float32)
    loss_fn = nn.CrossEntropyLoss(reduction="none")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        np.testing.assert_array_equal(loss_fn(z, np.array([2])), [2e4])
        np.testing.assert_array_equal(loss_fn.backward(), [[1, 0, -1]])


def test_nan_stays_visible():
    z = np.array([[0.0, np.nan], [0.0, 0.0]])
    losses = nn.CrossEntropyLoss(reduction="none")(z, np.array([0, 0]))
    assert np.isnan(losses[0])
    assert losses[1] == pytest.approx(np.log(2))
    assert np.isnan(nn.CrossEntropyLoss()(z, np.array([0, 0])))
    assert np.isnan(nn.MSELoss()(z, np.zeros((2, 2))))


@pytest.mark.parametrize("label_dtype", [np.int64, np.int32, np.uint8])
def test_labels_of_any_integer_dtype(label_dtype):
    labels = np.array([1, 0], label_dtype)
    loss = nn.CrossEntropyLoss()(np.zeros((2, 2), np.float32), labels)
    assert loss.item() == pytest.approx(np.log(2), rel=1e-6)


@pytest.mark.parametrize("labels", [[0, 10], [10, 0]])
def test_a_label_that_names_no_class_raises(labels):
    message = "CrossEntropyLoss expected class labels from 0 to 9, got 10: the prediction has 10"
    with raises(IndexError, message):
        nn.CrossEntropyLoss()(np.ones((2, 10)), np.array(labels))


def test_a_label_of_minus_one_does_not_count_from_the_end():
    for loss_fn in (nn.CrossEntropyLoss(), nn.CrossEntropyLoss(label_smoothing=0.1)):
        with raises(IndexError, "CrossEntropyLoss expected class labels from 0 to 2, got -1: the"):
            loss_fn(np.ones((2, 3)), np.array([0, -1]))


def test_cross_entropy_says_what_is_wrong_with_a_target():
    loss_fn = nn.CrossEntropyLoss()
    with raises(
        ValueError,
        "CrossEntropyLoss expected integer labels of shape (5,) for prediction of shape (5, 3), "
        "got (5, 1)",
    ):
        loss_fn(np.ones((5, 3)), np.zeros((5, 1), np.int64))
    with raises(
        TypeError, "CrossEntropyLoss expected labels to be integers, got float64 of shape (5,): nn."
    ):
        loss_fn(np.ones((5, 3)), np.zeros(5))
    with raises(
        ValueError,
        "CrossEntropyLoss expected prediction and target of the same shape, got (5, 3) and (5, 2)",
    ):
        loss_fn(np.ones((5, 3)), np.zeros((5, 2)))
    with raises(TypeError, "CrossEntropyLoss expected integer labels or float rows of probabilit"):
        loss_fn(np.ones((5, 3)), np.zeros(5, bool))
    with raises(TypeError, "CrossEntropyLoss expected float32 target, got float64"):
        loss_fn(np.ones((5, 3), np.float32), np.ones((5, 3)))
    with raises(TypeError, "CrossEntropyLoss expected float32 or float64 prediction, got int64"):
        loss_fn(np.ones((5, 3), np.int64), np.zeros(5, np.int64))
    with raises(ValueError, "CrossEntropyLoss expected prediction of shape (batch, classes)"):
        loss_fn(np.array(1.0), np.array(0))
    with raises(ValueError, "CrossEntropyLoss expected prediction of shape (batch, classes)"):
        nn.CrossEntropyLoss(reduction="sum")(np.ones((2, 0)), np.zeros(2, np.int64))


# ------------------------------------------------------------------------------------- all losses

LOSSES = [
    (nn.MSELoss, lambda shape: np.zeros(shape, np.float32)),
    (nn.CrossEntropyLoss, lambda shape: np.zeros(shape[:-1], np.int64)),
    (nn.CrossEntropyLoss, lambda shape: np.zeros(shape, np.float32)),
]


@pytest.mark.parametrize(("loss", "target"), LOSSES)
def test_the_mean_over_nothing_raises_and_the_sum_is_zero(loss, target):
    empty = np.ones((0, 3), np.float32)
    message = f"{loss.__name__} expected at least one row, got prediction of shape (0, 3): the mean"
    with raises(ValueError, message):
        loss()(empty, target((0, 3)))
    for reduction in ("sum", "none"):
        loss_fn = loss(reduction=reduction)
        assert loss_fn(empty, target((0, 3))).sum() == 0
        assert loss_fn.backward().shape == (0, 3)


@pytest.mark.parametrize(("loss", "target"), LOSSES)
@pytest.mark.parametrize("reduction", REDUCTIONS)
def test_float32_stays_float32(loss, target, reduction):
    loss_fn = loss(reduction=reduction)
    value = loss_fn(np.ones((4, 3), np.float32), target((4, 3)))
    assert value.dtype == np.float32
    assert loss_fn.backward().dtype == np.float32
    if reduction != "none":
        assert isinstance(value.item(), float)


def test_smoothing_stays_float32():
    loss_fn = nn.CrossEntropyLoss(0.1)
    assert loss_fn(np.ones((4, 3), np.float32), np.zeros(4, np.int64)).dtype == np.float32
    assert loss_fn.backward().dtype == np.float32


@pytest.mark.parametrize(("loss", "target"), LOSSES)
def test_a_loss_gives_one_backward_for_each_call_and_changes_nothing(loss, target):
    loss_fn, z = loss(), rng().standard_normal((4, 3)).astype(np.float32)
    t = target((4, 3))
    z_before, t_before = z.copy(), t.copy()
    message = f"{loss.__name__}.backward expected a forward before it"
    with raises(RuntimeError, message):
        loss_fn.backward()
    loss_fn(z, t)
    loss_fn.backward()
    with raises(RuntimeError, message):
        loss_fn.backward()
    with nn.no_grad():
        loss_fn(z, t)
    with raises(RuntimeError, message):
        loss_fn.backward()
    np.testing.assert_array_equal(z, z_before)
    np.testing.assert_array_equal(t, t_before)


@pytest.mark.parametrize("loss", [nn.MSELoss, nn.CrossEntropyLoss])
def test_an_unknown_reduction_raises(loss):
    name = loss.__name__
    message = f"{name} expected reduction to be one of 'mean', 'sum', 'none', got 'average'"
    with raises(ValueError, message):
        loss(reduction="average")


@pytest.mark.parametrize("smoothing", [-0.1, 1.0, float("nan")])
def test_label_smoothing_out_of_range_raises(smoothing):
    with raises(ValueError, "CrossEntropyLoss expected 0 <= label_smoothing < 1, got "):
        nn.CrossEntropyLoss(smoothing)


def test_repr_names_the_settings():
    assert repr(nn.MSELoss()) == "MSELoss(reduction='mean')"
    assert repr(nn.CrossEntropyLoss()) == "CrossEntropyLoss(reduction='mean')"
    smoothed = "CrossEntropyLoss(label_smoothing=0.1, reduction='mean')"
    assert repr(nn.CrossEntropyLoss(0.1)) == smoothed


def test_a_loss_of_a_torch_tensor_says_so():
    with raises(TypeError, "MSELoss expected prediction to be a NumPy array, got Tensor"):
        nn.MSELoss()(torch.ones(2), np.ones(2))


# ---------------------------------------------------------------------------- binary cross-entropy


@pytest.mark.parametrize("reduction", REDUCTIONS)
def test_binary_cross_entropy_agrees_with_autograd(reduction):
    prediction, target = 3 * rng(1).standard_normal((4, 2)), rng(2).random((4, 2))
    expected, (gradient, _) = torch_gradients(
        lambda p, t: F.binary_cross_entropy_with_logits(p, t, reduction=reduction), 1.0,
        prediction, target,
    )
    loss_fn = nn.BCEWithLogitsLoss(reduction=reduction)
    np.testing.assert_allclose(loss_fn(prediction, target), expected, rtol=1e-13)
    np.testing.assert_allclose(loss_fn.backward(), gradient, rtol=1e-12)


@pytest.mark.parametrize("reduction", REDUCTIONS)
def test_binary_cross_entropy_passes_finite_differences(reduction):
    loss_fn = nn.BCEWithLogitsLoss(reduction=reduction)
    z, t = rng(1).standard_normal((4, 3)), rng(2).random((4, 3))
    assert gradcheck(loss_fn, z, t, rng=rng(3)) < 1e-7


def test_binary_cross_entropy_of_no_opinion_is_ln_2():
    assert nn.BCEWithLogitsLoss()(np.zeros((5, 1)), np.ones((5, 1))) == pytest.approx(np.log(2))


def test_binary_cross_entropy_survives_extreme_logits():
    loss_fn = nn.BCEWithLogitsLoss(reduction="none")
    z, t = np.array([-1e4, 1e4, -1e4, 1e4]), np.array([0.0, 1.0, 1.0, 0.0])
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        np.testing.assert_array_equal(loss_fn(z, t), [0.0, 0.0, 1e4, 1e4])
        np.testing.assert_array_equal(loss_fn.backward(), [0.0, 0.0, -1.0, 1.0])


def test_binary_cross_entropy_refuses_to_broadcast():
    with raises(
        ValueError,
        "BCEWithLogitsLoss expected prediction and target of the same shape, got (5, 1) and (5,)",
    ):
        nn.BCEWithLogitsLoss()(np.ones((5, 1)), np.ones(5))


def test_binary_cross_entropy_keeps_float32():
    loss_fn = nn.BCEWithLogitsLoss()
    z = np.ones((3, 1), np.float32)
    assert loss_fn(z, z).dtype == np.float32
    assert loss_fn.backward().dtype == np.float32


# ----------------------------------------------------------------------------------- MAE and Huber


@pytest.mark.parametrize("reduction", REDUCTIONS)
@pytest.mark.parametrize("shape", [(5,), (4, 3), (2, 3, 2)])
def test_mae_and_huber_agree_with_autograd(reduction, shape):
    prediction, target = 2 * rng(1).standard_normal(shape), rng(2).standard_normal(shape)
    target.flat[0] = prediction.flat[0]
    for loss_fn, reference in (
        (nn.MAELoss(reduction=reduction), F.l1_loss),
        (nn.HuberLoss(reduction=reduction), F.huber_loss),
        (
            nn.HuberLoss(0.4, reduction=reduction),
            lambda p, t, reduction: F.huber_loss(p, t, reduction=reduction, delta=0.4),
        ),
    ):
        expected, (gradient, _) = torch_gradients(
            lambda p, t, reference=reference: reference(p, t, reduction=reduction),
            1.0, prediction, target,
        )  # fmt: skip
        np.testing.assert_allclose(loss_fn(prediction, target), expected, rtol=1e-14)
        np.testing.assert_allclose(loss_fn.backward(), gradient, rtol=1e-14)


@pytest.mark.parametrize("reduction", REDUCTIONS)
def test_mae_and_huber_pass_finite_differences(reduction):
    p, t = 3 * rng(1).random((4, 3)), rng(2).random((4, 3))
    assert gradcheck(nn.MAELoss(reduction=reduction), p, t, rng=rng(3)) < 1e-7
    assert gradcheck(nn.HuberLoss(0.5, reduction=reduction), p, t, rng=rng(3)) < 1e-7


def test_mae_and_huber_by_hand():
    p, t = np.array([[1.0, -3.0], [0.5, 2.0]]), np.array([[1.0, 1.0], [0.0, 0.0]])
    loss_fn = nn.MAELoss()
    assert loss_fn(p, t) == 6.5 / 4
    np.testing.assert_array_equal(loss_fn.backward(), [[0, -0.25], [0.25, 0.25]])
    loss_fn = nn.HuberLoss(2.0, reduction="none")
    np.testing.assert_array_equal(loss_fn(p, t), [[0, 6], [0.125, 2]])
    np.testing.assert_array_equal(loss_fn.backward(), [[0, -2], [0.5, 2]])
    assert repr(nn.HuberLoss(2.0)) == "HuberLoss(delta=2, reduction='mean')"


distances = hnp.arrays(np.float64, (5,), elements=st.floats(-50, 50))


@settings(max_examples=60, deadline=None, derandomize=True)
@given(distances, st.floats(0.1, 10))
def test_huber_lies_between_its_two_halves(e, delta):
    zero = np.zeros(5)
    huber = nn.HuberLoss(delta, reduction="none")(e, zero)
    square = nn.MSELoss(reduction="none")(e, zero) / 2
    line = delta * nn.MAELoss(reduction="none")(e, zero)
    assert (huber <= np.minimum(square, line) + 1e-12).all()
    assert (huber >= np.minimum(square, line / 2) - 1e-12).all()
    np.testing.assert_allclose(nn.HuberLoss(100.0, reduction="none")(e, zero), square)


# --------------------------------------------------------------------- Kullback–Leibler divergence


def log_probabilities(shape, seed=4):
    return nn.log_softmax(rng(seed).standard_normal(shape))


@pytest.mark.parametrize("shape", [(5, 4), (2, 3, 4), (4,)])
def test_divergence_agrees_with_a_loop(shape):
    z, t = log_probabilities(shape), probabilities(shape)
    t[..., 0] = 0.0
    each = np.zeros(shape[:-1])
    for position in np.ndindex(*shape[:-1]):
        for j in range(shape[-1]):
            if t[position][j] > 0:
                each[position] += t[position][j] * (np.log(t[position][j]) - z[position][j])
    np.testing.assert_allclose(nn.KLDivLoss(reduction="none")(z, t), each, rtol=1e-12)
    np.testing.assert_allclose(nn.KLDivLoss(reduction="sum")(z, t), each.sum(), rtol=1e-12)
    np.testing.assert_allclose(nn.KLDivLoss()(z, t), each.mean(), rtol=1e-12)


@pytest.mark.parametrize("reduction", REDUCTIONS)
@pytest.mark.parametrize("shape", [(5, 4), (2, 3, 4)])
def test_divergence_passes_finite_differences(reduction, shape):
    loss_fn = nn.KLDivLoss(reduction=reduction)
    assert gradcheck(loss_fn, log_probabilities(shape), probabilities(shape), rng=rng(3)) < 1e-7


def test_mean_divergence_is_torchs_batchmean_for_rows_and_not_its_mean():
    z, t = log_probabilities((6, 4)), probabilities((6, 4))
    ours = nn.KLDivLoss()(z, t)
    z, t = torch.tensor(z), torch.tensor(t)
    assert ours == pytest.approx(F.kl_div(z, t, reduction="batchmean").item(), rel=1e-12)
    assert ours == pytest.approx(4 * (F.kl_div(z, t, reduction="none").mean().item()), rel=1e-12)
    z, t = log_probabilities((2, 3, 4)), probabilities((2, 3, 4))
    ours = nn.KLDivLoss()(z, t)
    batchmean = F.kl_div(torch.tensor(z), torch.tensor(t), reduction="batchmean").item()
    assert 3 * ours == pytest.approx(batchmean, rel=1e-12)


def test_divergence_from_itself_is_zero_and_else_positive():
    t = probabilities((50, 4))
    np.testing.assert_allclose(nn.KLDivLoss(reduction="none")(np.log(t), t), 0, atol=1e-15)
    assert (nn.KLDivLoss(reduction="none")(log_probabilities((50, 4)), t) > 0).all()


def test_divergence_plus_entropy_is_cross_entropy():
    z, t = rng(1).standard_normal((5, 4)), probabilities((5, 4))
    entropy = -(t * np.log(t)).sum(axis=-1).mean()
    divergence = nn.KLDivLoss()(nn.log_softmax(z), t)
    assert divergence + entropy == pytest.approx(nn.CrossEntropyLoss()(z, t), rel=1e-12)


def test_a_target_of_zero_adds_nothing_and_warns_of_nothing():
    loss_fn = nn.KLDivLoss()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        loss = loss_fn(np.log([[0.25, 0.75]]), np.array([[0.0, 1.0]]))
    assert loss == pytest.approx(-np.log(0.75))
    np.testing.assert_array_equal(loss_fn.backward(), [[0, -1]])
    assert np.isnan(nn.KLDivLoss()(np.log([[0.25, 0.75]]), np.array([[np.nan, 1.0]])))


@pytest.mark.parametrize("name", ["MAELoss", "HuberLoss", "KLDivLoss"])
@pytest.mark.parametrize("reduction", REDUCTIONS)
def test_further_losses_keep_float32_and_their_inputs(name, reduction):
    z, t = log_probabilities((3, 4)).astype("float32"), probabilities((3, 4)).astype("float32")
    held = z.copy(), t.copy()
    loss_fn = getattr(nn, name)(reduction=reduction)
    assert loss_fn(z, t).dtype == np.float32
    assert loss_fn.backward().dtype == np.float32
    np.testing.assert_array_equal(z, held[0])
    np.testing.assert_array_equal(t, held[1])


@pytest.mark.parametrize("name", ["MAELoss", "HuberLoss", "KLDivLoss"])
def test_further_losses_over_nothing(name):
    nothing = np.zeros((0, 4))
    with raises(ValueError, f"{name} expected at least one row, got prediction of shape (0, 4)"):
        getattr(nn, name)()(nothing, nothing)
    loss_fn = getattr(nn, name)(reduction="sum")
    assert loss_fn(nothing, nothing) == 0.0
    assert loss_fn.backward().shape == (0, 4)


def test_a_loss_without_a_backward_of_its_own_has_none():
    class Forgetful(Loss):
        def forward(self, prediction, target):
            return self.reduce(prediction - target)

    loss_fn = Forgetful()
    loss_fn(np.ones(2), np.zeros(2))
    with pytest.raises(NotImplementedError):
        loss_fn.backward()


def test_a_single_number_is_no_distribution():
    with raises(ValueError, "KLDivLoss expected prediction of shape (batch, classes), got ()"):
        nn.KLDivLoss(reduction="sum")(np.float64(0.0), np.float64(1.0))
