"""The input features of a network in a file: their names, and the numbers that standardize them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.files.fields import matrix
from nncore import FeatureMap

if TYPE_CHECKING:
    from app.files.fields import Fields

FEATURE_KEYS = ("features", "features_mean", "features_scale")
"""The entries of a file; none of them for a network without features."""


def describe_features(features: FeatureMap | None) -> dict[str, list[str] | list[float]]:
    """Return the entries: the names, and mean and scale where the features are standardized."""
    if features is None:
        return {}
    described: dict[str, list[str] | list[float]] = {"features": list(features.names)}
    if features.mean is not None and features.scale is not None:
        described |= {"features_mean": [*features.mean], "features_scale": [*features.scale]}
    return described


def features_of(fields: Fields) -> FeatureMap | None:
    """Return what the entries of a file describe; ValueError says which one is wrong."""
    if fields.take("features") is None:
        for key in FEATURE_KEYS[1:]:
            if fields.take(key) is not None:
                raise ValueError(f"it has {key} but no features; accepted: both, or neither")
        return None
    names = tuple(fields.items("features", str))
    return FeatureMap(names, *(_numbers(fields, key) for key in FEATURE_KEYS[1:]))


def _numbers(fields: Fields, key: str) -> tuple[float, ...] | None:
    value = fields.take(key)
    return None if value is None else tuple(matrix(key, [value])[0].tolist())
