"""Recipes are the same on both paths, never look ahead, and go back rightly."""

import numpy as np
import pytest
import torch

import nnlib.numpy
import nnlib.torch
from nnlib.chapters.architectures import recipes
from nnlib.chapters.architectures.study import reading

PATHS = (nnlib.numpy, nnlib.torch)
SEQUENCES = {**reading.READERS, **reading.VARIANTS}


def built(nn, name):
    return SEQUENCES[name](nn, np.random.default_rng(0)).astype("float64")


@pytest.mark.parametrize("name", SEQUENCES)
def test_values_and_gradients_agree(name):
    ids = np.random.default_rng(1).integers(0, reading.V, (3, 11))
    found = []
    for nn in PATHS:
        model, loss_fn = built(nn, name), nn.CrossEntropyLoss()
        loss = loss_fn(model(nn.tensor(ids)), nn.tensor(ids[:, ::-1].copy()))
        model.backward(loss_fn.backward(), input_grad=False)
        found.append([loss.item(), *(np.asarray(p.grad) for p in model.parameters())])
    for by_numpy, by_torch in zip(*found, strict=True):
        np.testing.assert_allclose(by_numpy, by_torch, atol=1e-10)


@pytest.mark.parametrize("name", SEQUENCES)
def test_no_reader_but_the_one_without_mask_looks_ahead(name):
    ids = np.random.default_rng(1).integers(0, reading.V, (2, 12))
    other = ids.copy()
    other[:, 7] = (other[:, 7] + 1) % reading.V
    model = built(nnlib.numpy, name)
    notice = np.abs(model(other) - model(ids)).max(axis=(0, 2)) > 1e-9
    assert notice[7]
    assert notice[:7].any() == (name == "no mask")
    if name == "1-D convolution":                # two kernels of 4: seven places
        assert notice.sum() == 5
        longer = np.concatenate([ids] * 2, axis=1)
        changed = longer.copy()
        changed[:, 3] = (changed[:, 3] + 1) % reading.V
        differs = np.abs(model(changed) - model(longer)).max(axis=(0, 2)) > 1e-9
        np.testing.assert_array_equal(np.flatnonzero(differs), range(3, 10))


@pytest.mark.parametrize("kernel", [1, 2, 5])
def test_a_causal_convolution_is_torchs(kernel):
    rng = np.random.default_rng(0)
    x, upstream = rng.normal(size=(2, 9, 3)), rng.normal(size=(2, 9, 4))
    ours = recipes.causal_conv(nnlib.numpy)(3, 4, kernel, rng=rng).astype("float64")
    weight = torch.tensor(ours.state_dict()["conv.weight"][0].transpose(2, 1, 0))
    series = torch.tensor(x, requires_grad=True)
    padded = torch.nn.functional.pad(series.mT, (kernel - 1, 0))
    theirs = torch.nn.functional.conv1d(padded, weight).mT
    np.testing.assert_allclose(ours(x), theirs.detach(), atol=1e-12)
    theirs.backward(torch.tensor(upstream))
    np.testing.assert_allclose(ours.backward(upstream), series.grad, atol=1e-12)
    ours(x)
    assert ours.backward(upstream, input_grad=False) is None


def test_a_causal_block_hands_its_gradient_on():
    rng = np.random.default_rng(0)
    x, upstream = rng.normal(size=(2, 5, 8)), rng.normal(size=(2, 5, 8))
    grads = []
    for nn in PATHS:
        block = recipes.causal_block(nn)(8, 2, 16, rng=np.random.default_rng(0)).astype("float64")
        block(nn.tensor(x))
        grads.append(np.asarray(block.backward(nn.tensor(upstream))))
    np.testing.assert_allclose(*grads, atol=1e-12)


@pytest.mark.parametrize("nn", PATHS, ids=["numpy", "torch"])
def test_mlp_and_cnn_give_scores(nn):
    rng = np.random.default_rng(0)
    x = rng.random((4, 64)).astype("float32")
    assert recipes.mlp(nn, (64, 7, 5, 10), rng=rng)(nn.tensor(x)).shape == (4, 10)
    assert recipes.cnn(nn, rng=rng)(nn.tensor(x.reshape(-1, 8, 8, 1))).shape == (4, 10)
    assert type(recipes.mlp(nn, (64, 7, 10), rng=rng)[-1]).__name__ == "Dense"
