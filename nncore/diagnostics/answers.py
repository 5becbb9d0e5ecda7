"""What the network answers, and what it is asked: one class only, and classes out of balance.

Classes are numbered from 0 in the evidence, as the labels are; the sentences name none, because
a window may count them from 1.

Notes: "Cost function" of "Gradient Descent for Neural Networks" (shallow networks): the cost is
a mean over the examples, so a rare class hardly moves it.
"""

import numpy as np
from numpy.typing import ArrayLike

from nncore.arrays import IntArray
from nncore.checks import check_instance, check_labels
from nncore.config import NetworkConfig
from nncore.diagnostics.findings import Finding, Severity
from nncore.outputs import OUTPUTS
from nncore.propagation import Cache, check_cache, class_numbers

RARE = 0.2
"""A class is rare below this share of its fair part 1/K: one example in ten of two classes."""

SECTION = "Gradient Descent for Neural Networks"


def one_class_only(network: NetworkConfig, cache: Cache, labels: ArrayLike) -> list[Finding]:
    """Report that every example gets the same answer although there are several classes.

    Parameters
    ----------
    labels : (m,) class numbers of all examples, of which the cache may hold a part

    Raises
    ------
    ValueError
        If the cache is none of this network, or a label is no class of it.
    """
    check_cache(cache, network)
    labels = _checked(labels, network)
    if not OUTPUTS[network.output].classifies or len(np.unique(labels)) < 2:
        return []
    predicted = class_numbers(cache.Z[-1], 0.0)
    if predicted.size < 2 or (predicted != predicted[0]).any():
        return []
    answer = int(predicted[0])
    share = float(np.mean(labels == answer))
    return [
        Finding(
            name="one_class_only",
            severity=Severity.WARNING,
            title="One class only",
            sentence="Every example is taken for the same class, which is right for "
            f"{100 * share:.0f} % of them: the inputs do not yet make a difference.",
            section=SECTION,
            evidence={"class": answer, "share": share},
        )
    ]


def class_imbalance(network: NetworkConfig, labels: ArrayLike) -> list[Finding]:
    """Report a class with less than a fifth of its fair share of the examples.

    Parameters
    ----------
    labels : (m,) class numbers

    Raises
    ------
    ValueError
        If a label is no class of the network.
    """
    labels = _checked(labels, check_instance("network", network, NetworkConfig))
    if not OUTPUTS[network.output].classifies or labels.size == 0:
        return []
    counts = np.bincount(labels, minlength=_n_classes(network))
    rarest, commonest = int(counts.argmin()), int(counts.argmax())
    if counts[rarest] * counts.size >= RARE * labels.size:
        return []
    share, most = counts[rarest] / labels.size, counts[commonest] / labels.size
    title, sentence = _imbalance_in_words(float(share), float(most))
    return [
        Finding(
            name="class_imbalance",
            severity=Severity.NOTE,
            title=title,
            sentence=sentence,
            section=SECTION,
            evidence={"class": rarest, "share": float(share), "largest_share": float(most)},
        )
    ]


def _n_classes(network: NetworkConfig) -> int:
    return max(2, network.n_y)


def _checked(labels: ArrayLike, network: NetworkConfig) -> IntArray:
    return check_labels("labels", labels, _n_classes(network))


def _imbalance_in_words(share: float, most: float) -> tuple[str, str]:
    if not share:
        return "A class has no examples", (
            "One class has no example at all: what it looks like cannot be learned. Add some."
        )
    return "Classes out of balance", (
        f"One class has {100 * share:.1f} % of the examples: always to answer the commonest is "
        f"right for {100 * most:.1f} %, so the accuracy says little. Add some of the rare one."
    )
