"""What can be told from the network alone: it is linear, or its step units cannot be trained.

Notes: "Why do you need Non-Linear Activation Functions?" (shallow networks), "Logistic Regression
as a specific case of a Neural Network" and "Perceptron and Step Function" (neural networks).
"""

from nncore.checks import check_instance
from nncore.config import NetworkConfig
from nncore.diagnostics.findings import Finding, Severity
from nncore.frozen import frozen_layers
from nncore.outputs import OUTPUTS


def linear_network(network: NetworkConfig) -> list[Finding]:
    """Report a network whose logits are W X + b for some W and b, whatever its depth.

    That is one without hidden layers, a regression, and one whose hidden layers are all
    identity.  Backward propagation through the latter is exact; it has nothing to bend with.

    Raises
    ------
    ValueError
        If ``network`` is no ``NetworkConfig``.
    """
    check_instance("network", network, NetworkConfig)
    if not network.hidden_units:
        return [_regression(network)]
    if set(network.activations) != {"identity"}:
        return []
    layers = len(network.hidden_units)
    return [
        Finding(
            name="linear_network",
            severity=Severity.WARNING,
            title="The network is linear",
            sentence="Every hidden layer is g(z) = z, so all of them collapse into one product "
            "W X + b: no depth bends the answer. Choose tanh or ReLU.",
            section="Why do you need Non-Linear Activation Functions?",
            evidence={"hidden_layers": layers},
        )
    ]


def untrainable_steps(network: NetworkConfig) -> list[Finding]:
    """Report hidden step units: h′(z) = 0 stops the gradient there, for all layers up to them.

    Raises
    ------
    ValueError
        If ``network`` is no ``NetworkConfig``.
    """
    frozen = frozen_layers(network)
    if frozen is None:
        return []
    last, output = frozen.layers[-1], len(network.layer_dims) - 1
    learning = f"layer {output} learns"
    if last + 1 < output:
        learning = f"layers {last + 1} to {output} learn"
    return [
        Finding(
            name="untrainable_steps",
            severity=Severity.FAILURE,
            title="Step units cannot be trained",
            sentence=f"{frozen.reason} Only {learning}. Use sigmoid or tanh.",
            section="Perceptron and Step Function",
            evidence={"frozen_layers": last},
            layer=last,
            units=tuple(range(1, network.layer_dims[last] + 1)),
        )
    ]


def _regression(network: NetworkConfig) -> Finding:
    what = "logistic regression: the boundary is one straight line. A hidden layer lets it bend"
    if network.output == "softmax":
        what = "softmax regression: all boundaries are straight lines. Hidden layers let them bend"
    elif not OUTPUTS[network.output].classifies:
        what = "linear regression: the answer is a plane over the inputs. Hidden layers bend it"
    return Finding(
        name="linear_network",
        severity=Severity.NOTE,
        title="No hidden layer",
        sentence=f"This is {what}.",
        section="Logistic Regression as a specific case of a Neural Network",
        evidence={"hidden_layers": 0},
    )
