"""All parameters of a network in one flat vector θ.

Notes: "Dimensions (example)" and "Explanation for Vectorized Implementation" (shallow networks).

Layer l is a block ``(n[l], n[l-1] + 1)`` of it: the weights W[l], then the bias b[l] as the last
column.  Under a row of ones below the activations, one product with the block is W[l] A + b[l]
(about half as fast again as a product and a broadcast sum).  Gradients, snapshots and the state
of an optimizer have the same layout, so that an update is two calls whatever the depth.

The parameters of R runs of one architecture are one vector too, layer by layer: the block of a
layer is then ``(R, n[l], n[l-1] + 1)``, the runs one below the other.
"""

from collections.abc import Sequence
from itertools import pairwise
from math import prod

import numpy as np
from numpy.typing import ArrayLike

from nncore.arrays import DType, FloatArray
from nncore.checks import (
    check_array,
    check_dtype,
    check_instance,
    check_integer,
    check_layer_dims,
    check_list,
    check_matrix,
)


class Parameters:
    """The weights and biases of a network: views into one vector.

    Attributes
    ----------
    layer_dims : tuple of int
        (n_x, n[1], ..., n_y).
    vector : (n,) array
        All parameters; writing to it, or to any view below, changes the network.
    runs : int or None
        R for the parameters of many runs (see ``nncore.many_runs``).
    blocks, W, b : lists, one entry per layer (``W[l-1]`` belongs to layer l)
        Views: blocks (n[l], n[l-1] + 1), W (n[l], n[l-1]), b (n[l], 1); of many runs each with
        a leading axis, (R, ...).

    Raises
    ------
    ValueError
        If the dimensions are none, or the vector is no float64 or float32 array of their length.
    """

    __slots__ = ("W", "b", "blocks", "layer_dims", "runs", "vector")

    def __init__(
        self, layer_dims: Sequence[int], vector: FloatArray, runs: int | None = None
    ) -> None:
        self.layer_dims = check_layer_dims(layer_dims)
        self.runs = None if runs is None else check_integer("runs", runs, 1)
        lead = () if runs is None else (runs,)
        shapes = [(*lead, n, n_before + 1) for n_before, n in pairwise(self.layer_dims)]
        ends = np.cumsum([0, *map(prod, shapes)]).tolist()
        if not isinstance(vector, np.ndarray):
            raise ValueError(f"vector is a {type(vector).__name__}; accepted: an array")
        if vector.dtype not in (np.float64, np.float32):
            raise ValueError(f"vector has dtype {vector.dtype}; accepted: float64 or float32")
        if vector.shape != (ends[-1],):
            raise ValueError(f"vector has shape {vector.shape}; accepted: ({ends[-1]},)")
        self.vector = vector
        self.blocks = [
            vector[start:end].reshape(shape)
            for shape, (start, end) in zip(shapes, pairwise(ends), strict=True)
        ]
        self.W = [block[..., :-1] for block in self.blocks]
        self.b = [block[..., -1:] for block in self.blocks]

    @classmethod
    def zeros(cls, layer_dims: Sequence[int], dtype: DType = np.float64) -> "Parameters":
        """Return parameters that are all zero.

        Raises
        ------
        ValueError
            If the dimensions or the type are none of a network.
        """
        dims = check_layer_dims(layer_dims)
        n = sum(rows * (columns + 1) for columns, rows in pairwise(dims))
        return cls(layer_dims, np.zeros(n, check_dtype("dtype", dtype)))

    @classmethod
    def from_layers(cls, W: Sequence[ArrayLike], b: Sequence[ArrayLike]) -> "Parameters":
        """Return a copy of weights W[l] (n[l], n[l-1]) and biases b[l] (n[l], 1) or (n[l],).

        Raises
        ------
        ValueError
            If there is no layer, or a shape does not fit the others; the message names the array.
        """
        W, b = check_list("W", W), check_list("b", b)
        if len(W) == 0 or len(W) != len(b):
            raise ValueError(f"W has {len(W)} layers, b has {len(b)}; accepted: as many, 1 or more")
        weights = [check_array(f"W{layer}", Wl) for layer, Wl in enumerate(W, start=1)]
        if weights[0].ndim != 2:
            raise ValueError(f"W1 has shape {weights[0].shape}; accepted: (n[1], n[0])")
        layer_dims = [weights[0].shape[1], *(len(np.atleast_1d(Wl)) for Wl in weights)]
        parameters = cls.zeros(layer_dims)
        for layer, (n_before, n) in enumerate(pairwise(layer_dims)):
            parameters.W[layer][:] = check_matrix(f"W{layer + 1}", weights[layer], n, n_before)
            bias = check_array(f"b{layer + 1}", b[layer])
            bias = bias.reshape(-1, 1) if bias.ndim == 1 else bias
            parameters.b[layer][:] = check_matrix(f"b{layer + 1}", bias, n, 1)
        return parameters

    def check_finite(self) -> "Parameters":
        """Return the same parameters if all of them are finite.

        Raises
        ------
        ValueError
            If one is infinite or not a number.
        """
        if np.isfinite(self.vector).all():
            return self
        raise ValueError("parameters contain a value that is not finite; accepted: finite ones")

    def copy(self) -> "Parameters":
        """Return independent parameters with the same values."""
        return Parameters(self.layer_dims, self.vector.copy(), self.runs)

    def to_float64(self) -> "Parameters":
        """Return independent parameters with the same values in float64."""
        return Parameters(self.layer_dims, self.vector.astype(np.float64), self.runs)

    def zeros_like(self) -> "Parameters":
        """Return parameters of the same layout that are all zero."""
        return Parameters(self.layer_dims, np.zeros_like(self.vector), self.runs)

    @classmethod
    def stack(cls, parameters: Sequence["Parameters"], dtype: DType = np.float64) -> "Parameters":
        """Return a copy of the parameters of several runs of one architecture, as one vector.

        Raises
        ------
        ValueError
            If there is no run, the runs differ in architecture, or the type is none of a network.
        """
        runs = [
            check_instance("parameters", run, cls) for run in check_list("parameters", parameters)
        ]
        if len({run.layer_dims for run in runs}) != 1:
            raise ValueError(
                "parameters are not of one architecture; accepted: 1 run or more of it"
            )
        blocks = zip(*(run.blocks for run in runs), strict=True)
        vector = np.concatenate([np.stack(layer).ravel() for layer in blocks])
        return cls(runs[0].layer_dims, vector.astype(check_dtype("dtype", dtype)), len(runs))

    def run(self, run: int) -> "Parameters":
        """Return a copy of the parameters of one of many runs, 0 … R − 1.

        Raises
        ------
        ValueError
            If there is no run of this number.
        """
        if check_integer("run", run, 0) >= (self.runs or 0):
            raise ValueError(f"run is {run}; accepted: a number below the {self.runs or 0} runs")
        vector = np.concatenate([block[run].ravel() for block in self.blocks])
        return Parameters(self.layer_dims, vector)

    def __repr__(self) -> str:
        return f"Parameters(layer_dims={self.layer_dims}, n={self.vector.size})"
