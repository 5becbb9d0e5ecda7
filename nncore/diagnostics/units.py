"""Hidden units that learn nothing of their own: identical, saturated or dead.

Notes: "Random Initialization" and "Activation Functions" (shallow networks), "Activation
functions" (deep-learning course).
"""

import numpy as np
from numpy.typing import NDArray

from nncore.activations import Activation
from nncore.arrays import FloatArray
from nncore.checks import check_instance
from nncore.config import NetworkConfig
from nncore.diagnostics.findings import Finding, Severity, name_units, severity_of_share
from nncore.parameters import Parameters
from nncore.propagation import Cache, check_cache, forward_propagation

SAME = 1e-6
"""Weights of two units that differ by less than this share of their size count as the same.

Identical units stay so to the last bit, but for the matrix product, which may round some rows
differently: of five tanh units that start from the constant ½ the fifth comes loose from the
other four between 5,000 and 20,000 iterations.  Units drawn at random are never so close.
"""

FLAT = 0.04
"""A unit is flat for an example where g′ is below this share of its largest value.

The notes call a sigmoid saturated at σ′ = 0.01, which is 0.04 of its ¼; for tanh it is |z| > 2.3.
This is no limit of the function, as ``Activation.saturation`` at 0.01 is (with 0.04 the leaky ReLU
would saturate, which is there not to), but what tells sick units from healthy ones best.  Of the
examples of the runs below, healthy units are flat for 96 % at most and the middle one of the sick
layers for 97 to 99 %; counted at 0.01 for 95 % at most and 90 to 98 %, which overlap.
"""

SATURATED_SHARE = 0.97
"""A unit that is saturated for so many of the examples is reported.

A healthy unit of a 2-4-1 tanh network is flat for 96 % of the flower after 60,000 iterations: a
sharp boundary is flat nearly everywhere.  In the second and third of three layers drawn from
10 · randn half the units or more are flat for 98 % from the start.
"""

BORN_SATURATED = 0.85
"""Half a layer that is flat for so many examples from the initial weights on is reported as well.

Then no learned boundary is the reason.  With 400 points of each dataset and tanh the middle unit of
the first layer starts at 96 % from 10 · randn, one in twenty below 82 %; from He one in twenty
above 82 %, from Xavier above 71 %.  The sigmoid's are at 90 and 69 %, 56 and 39 %.
"""

FEWEST_EXAMPLES = 10
"""Fewer examples tell nothing of a share: of a single one half the ReLU units are "dead"."""


def identical_units(network: NetworkConfig, parameters: Parameters) -> list[Finding]:
    """Report groups of hidden units with the same weights, those coming in and those going out.

    To exchange two such units changes nothing, so their gradients are the same as well, and they
    stay identical under every optimizer.  Units that differ in one of the two alone will part.

    Raises
    ------
    ValueError
        If the parameters do not fit the network.
    """
    check_instance("network", network, NetworkConfig).check_fit(parameters)
    findings = []
    for layer in range(1, len(network.layer_dims) - 1):
        incoming, outgoing = parameters.blocks[layer - 1], parameters.W[layer].T
        first = (_alike(incoming) & _alike(outgoing)).argmax(axis=1)
        groups = [np.flatnonzero(first == unit) for unit in np.unique(first)]
        largest = float(max(np.abs(incoming).max(), np.abs(outgoing).max()))
        findings += [
            _identical(layer, group, len(first), largest, network.hidden_activation(layer))
            for group in groups
            if len(group) > 1
        ]
    return findings


def saturated_units(
    network: NetworkConfig, cache: Cache, start: Parameters | None = None
) -> list[Finding]:
    """Report the sigmoid and tanh units whose slope is nearly 0 for nearly all examples.

    Parameters
    ----------
    start : Parameters or None
        The initial weights: of units that were flat from them on, fewer examples are enough, and
        of others they are not the cause.

    Raises
    ------
    ValueError
        If the cache or the initial weights are none of this network's.
    """
    check_cache(cache, network)
    if start is not None:
        network.check_fit(start)
    first: Cache | None = None
    findings = []
    for layer in range(1, len(network.layer_dims) - 1):
        g, Z = network.hidden_activation(layer), cache.Z[layer - 1]
        if not _saturates(g) or Z.shape[1] < FEWEST_EXAMPLES:
            continue
        shares = _flat(g, Z).mean(axis=1)
        born = shares >= BORN_SATURATED
        if start is not None and born.any():
            first = first or forward_propagation(cache.A[0], start, network)
            born &= _flat(g, first.Z[layer - 1]).mean(axis=1) >= BORN_SATURATED
        sick = (shares >= SATURATED_SHARE) | (born & _half_of(born) & (start is not None))
        if sick.any():
            units = np.flatnonzero(sick)
            findings.append(_saturated(layer, units, shares, g, born=bool(born[sick].any())))
    return findings


def dead_units(network: NetworkConfig, cache: Cache, *, trained: bool = False) -> list[Finding]:
    """Report the ReLU units with z < 0 for every example.

    Then a = 0 and g′(z) = 0 everywhere, so the gradient of the unit's own weights is exactly 0,
    as is that of the weights that read it.  z = 0, as from zero weights, is not dead: g′(0) = 1.
    ``trained`` says whether there have been updates, which may have pushed it there.

    Raises
    ------
    ValueError
        If the cache is none of this network.
    """
    check_cache(cache, network)
    findings = []
    for layer, name in enumerate(network.activations, start=1):
        Z = cache.Z[layer - 1]
        if name != "relu" or Z.shape[1] < FEWEST_EXAMPLES:
            continue
        units = np.flatnonzero(Z.max(axis=1) < 0)
        if units.size:
            findings.append(_dead(layer, units, Z, trained))
    return findings


def _alike(rows: FloatArray) -> NDArray[np.bool_]:
    """Return which rows are the same, (n, n): |r − s|² = |r|² + |s|² − 2 r·s against their size.

    That rounds at 1e-16 of the square, far below ``SAME``², 1e-12.
    """
    rows = rows / (np.abs(rows).max() or 1.0)
    squares = np.einsum("ij,ij->i", rows, rows)
    sizes = squares[:, np.newaxis] + squares
    alike: NDArray[np.bool_] = sizes - 2 * (rows @ rows.T) <= SAME**2 * sizes
    return alike


def _saturates(g: Activation) -> bool:
    """Whether g flattens out between two limits, and has a slope to lose."""
    return bool(g.learns and g.saturation and np.isfinite(g.range).all())


def _flat(g: Activation, Z: FloatArray) -> NDArray[np.bool_]:
    flat: NDArray[np.bool_] = g.derivative(Z) < FLAT * g.derivative(0.0)
    return flat


def _half_of(units: NDArray[np.bool_]) -> bool:
    return 2 * int(units.sum()) >= units.size


def _identical(
    layer: int, group: NDArray[np.intp], n: int, largest: float, g: Activation
) -> Finding:
    units = _numbers(group)
    return Finding(
        name="identical_units",
        severity=severity_of_share(len(units), n),
        title="Identical units",
        sentence=f"{name_units(units)} of layer {layer} have the same weights, in and out: "
        f"{_what_follows(largest, g)} Only random initial weights break the symmetry.",
        section="Random Initialization",
        evidence={"identical": len(units), "layer_units": n, "largest_weight": largest},
        layer=layer,
        units=units,
    )


def _what_follows(largest: float, g: Activation) -> str:
    """Tell the two failures of zero weights apart: with g(0) = 0 no weight ever moves."""
    if not largest and float(g(0.0)) == 0:
        return f"all 0, so a = {g.symbol}(0) = 0, every dW is 0, and none of them ever moves."
    return "they get the same gradient and learn as one unit."


def _saturated(
    layer: int, saturated: NDArray[np.intp], shares: FloatArray, g: Activation, *, born: bool
) -> Finding:
    units, share = _numbers(saturated), float(shares[saturated].mean())
    verb = "are" if len(units) > 1 else "is"
    advice = "Start from smaller weights" if born else "Reset with a lower learning rate"
    return Finding(
        name="saturated_units",
        severity=min(severity_of_share(len(units), len(shares)), Severity.WARNING),
        title="Saturated units",
        sentence=f"{name_units(units)} of layer {layer} {verb} flat for {100 * share:.0f} % of "
        f"the examples: where |z| is large, {g.symbol}′(z) is nearly 0 and learning is slow. "
        f"{advice}.",
        section="Activation Functions",
        evidence={"saturated": len(units), "layer_units": len(shares), "share": share},
        layer=layer,
        units=units,
    )


def _dead(layer: int, dead: NDArray[np.intp], Z: FloatArray, trained: bool) -> Finding:
    units, (n, m) = _numbers(dead), Z.shape
    one = len(units) == 1
    advice = "Reset with a lower learning rate or smaller weights" if trained else "Try new weights"
    return Finding(
        name="dead_units",
        severity=severity_of_share(len(units), n),
        title="Dead ReLU unit" if one else "Dead ReLU units",
        sentence=f"{name_units(units)} of layer {layer} {'is' if one else 'are'} never positive "
        f"on the {m:,} examples: the gradient there is 0, so {'its' if one else 'their'} weights "
        f"learn nothing. {advice}, or use leaky ReLU.",
        section="Activation functions",
        evidence={"dead": len(units), "layer_units": n, "largest_z": float(Z[dead].max())},
        layer=layer,
        units=units,
    )


def _numbers(rows: NDArray[np.intp]) -> tuple[int, ...]:
    return tuple(int(row) + 1 for row in rows)
