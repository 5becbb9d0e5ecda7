"""Vanishing and exploding gradients, layer by layer.

Notes: "Vanishing / Exploding Gradient" (neural networks), "Activation Functions" (shallow
networks).

What vanishes or explodes is the error on its way back, dZ[l] = W[l+1]ᵀ dZ[l+1] * g′(Z[l]), so
its size per layer is what is judged, as the root mean square over units and examples, relative to
dZ[L], the error at the output.  The norms of dW[l] tell less: they also pass through 0 in every
minimum, and they even out.  Of six sigmoid layers ‖dW[1]‖ is 4e-4 of ‖dW[7]‖ at iteration 1 but
half of it at iteration 1,000, when nothing has been learned yet.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from nncore.arrays import FloatArray, run_calls
from nncore.checks import check_instance, check_matrix
from nncore.config import NetworkConfig
from nncore.diagnostics.findings import Finding, Severity
from nncore.outputs import OUTPUTS
from nncore.parameters import Parameters
from nncore.propagation import Cache, check_cache

VANISHING = 1e-4
"""Below this share of the output's error a layer hardly learns.

Three sigmoid layers start at 1e-3 and two tanh layers of 0.01 · randn at 3e-4, and both have
learned the flower after 1,000 iterations.  Six sigmoid layers start at 1e-5 to 5e-5, three tanh
layers of 0.01 · randn at 3e-6, and after 3,000 iterations their cost is still 0.693.
"""

EXPLODING = 100.0
"""Above so many times the output's error every step overshoots.

Healthy runs of one to seven layers end at 10 or below; four ReLU layers of 10 · randn start at
25,000.
"""


@dataclass(frozen=True)
class LayerNorms:
    """Frobenius norms of one layer: of the gradients dW and db, and of W and b themselves."""

    layer: int
    dW: float
    db: float
    W: float
    b: float

    @property
    def weight_ratio(self) -> float:
        """‖dW‖ / ‖W‖; infinite for a gradient of zero weights, 0 where both are 0."""
        return _ratio(self.dW, self.W)

    @property
    def bias_ratio(self) -> float:
        """‖db‖ / ‖b‖, likewise."""
        return _ratio(self.db, self.b)


def gradient_norms(gradients: Parameters, parameters: Parameters) -> tuple[LayerNorms, ...]:
    """Return the norms of every layer, the first hidden layer first.

    Raises
    ------
    ValueError
        If the gradients belong to another network.
    """
    check_instance("gradients", gradients, Parameters)
    check_instance("parameters", parameters, Parameters)
    if gradients.layer_dims != parameters.layer_dims:
        raise ValueError(
            f"gradients.layer_dims is {gradients.layer_dims}; accepted: {parameters.layer_dims}"
        )
    columns = (gradients.W, gradients.b, parameters.W, parameters.b)
    return tuple(
        LayerNorms(layer, *(float(np.linalg.norm(values)) for values in blocks))
        for layer, blocks in enumerate(zip(*columns, strict=True), start=1)
    )


def backward_gains(
    network: NetworkConfig, parameters: Parameters, cache: Cache, Y: ArrayLike
) -> FloatArray:
    """Return the size of dZ[l] relative to dZ[L] for l = 1 … L, (L,); all 1 without any error.

    Parameters
    ----------
    Y : (n_y, m) array
        The targets of the examples in the cache.

    Raises
    ------
    ValueError
        If the parameters, the cache or the targets do not fit the network.
    """
    output = check_cache(cache, network).A[-1]
    network.check_fit(parameters)
    targets, error = check_matrix("Y", Y, *output.shape), np.empty_like(output)
    run_calls(OUTPUTS[network.output].backward(output, targets, error))
    sizes = [_rms(error)]
    with np.errstate(all="ignore"):
        for layer in range(len(network.hidden_units), 0, -1):
            g = network.hidden_activation(layer)
            error = (parameters.W[layer].T @ error) * g.derivative(cache.Z[layer - 1])
            sizes.append(_rms(error))
        gains = np.array(sizes[::-1])
        return gains / gains[-1] if gains[-1] > 0 else np.ones_like(gains)


def unstable_gradients(
    network: NetworkConfig,
    parameters: Parameters,
    cache: Cache,
    Y: ArrayLike,
    *,
    trained: bool = False,
) -> list[Finding]:
    """Report the layer where the error that comes back is too small or too large.

    The arguments are those of ``backward_gains``, Y (n_y, m), and whether there have been
    updates: before the first one the initial weights alone are the cause.

    Raises
    ------
    ValueError
        As ``backward_gains``.
    """
    gains = backward_gains(network, parameters, cache, Y)
    lowest, highest = int(gains.argmin()), int(gains.argmax())
    findings = []
    if gains[lowest] < VANISHING:
        findings.append(_vanishing(lowest + 1, float(gains[lowest]), len(gains)))
    if gains[highest] > EXPLODING:
        findings.append(_exploding(highest + 1, float(gains[highest]), len(gains), trained))
    return findings


def _rms(values: FloatArray) -> float:
    """Return the root of the mean square, by way of the largest so that no square overflows."""
    largest = float(np.abs(values).max(initial=0.0))
    if largest == 0 or not np.isfinite(largest):
        return largest
    return largest * float(np.sqrt(np.mean(np.square(values / largest))))


def _ratio(gradient: float, value: float) -> float:
    if value > 0:
        return gradient / value
    return float("inf") if gradient > 0 else 0.0


def _vanishing(layer: int, gain: float, layers: int) -> Finding:
    return Finding(
        name="vanishing_gradients",
        severity=Severity.WARNING,
        title="Vanishing gradient",
        sentence=f"Of the error at the output {_part(gain)} reaches layer {layer}: slopes and "
        "weights below 1 multiply on the way back, so the first layers hardly learn. Use He or "
        "Xavier weights, tanh or ReLU, or fewer layers.",
        section="Vanishing / Exploding Gradient",
        evidence={"gain": gain, "layers": layers},
        layer=layer,
    )


def _part(gain: float) -> str:
    return f"only {gain:.0e}" if gain else "nothing that a float64 can hold"


def _exploding(layer: int, gain: float, layers: int, trained: bool) -> Finding:
    advice = "Reset with a lower learning rate or" if trained else "Start from"
    return Finding(
        name="exploding_gradients",
        severity=Severity.WARNING,
        title="Exploding gradient",
        sentence=f"The error at layer {layer} is {gain:,.0f} times that at the output: weights "
        f"above 1 multiply on the way back, so every step overshoots. {advice} smaller weights, "
        "such as He or Xavier.",
        section="Vanishing / Exploding Gradient",
        evidence={"gain": gain, "layers": layers},
        layer=layer,
    )
