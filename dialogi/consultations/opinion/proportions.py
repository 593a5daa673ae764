"""Shares of small numbers: what can be said about them."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from dialogi.consultations.opinion.votes import Reals

Numbers = npt.ArrayLike
NINETY_FIVE = 1.959963984540054


def share(part: Numbers, whole: Numbers) -> Reals:
    """A share as Laplace guessed it, one success and one failure added, so that nothing is ever certain."""
    return (np.asarray(part, float) + 1) / (np.asarray(whole, float) + 2)


def z_more_than_half(part: Numbers, whole: Numbers) -> Reals:
    """How far a share lies above a half, in standard errors; one more of each is counted, as Polis does."""
    many = np.asarray(whole, float) + 1
    return 2 * np.sqrt(many) * ((np.asarray(part, float) + 1) / many - 0.5)


def z_more_than_others(part: Numbers, whole: Numbers, others: Numbers, whole_of_others: Numbers) -> Reals:
    """How far one share lies above another, in pooled standard errors; one more of each is counted, as Polis does."""
    part, whole, others, rest = (np.asarray(number, float) + 1 for number in (part, whole, others, whole_of_others))
    pooled = (part + others) / (whole + rest)
    error = np.sqrt(np.clip(pooled * (1 - pooled), 0, None) * (1 / whole + 1 / rest))
    return np.where(error > 0, (part / whole - others / rest) / np.where(error > 0, error, 1), 0.0)


def by_chance(z: float) -> float:
    """How often chance alone would give so large a z or larger."""
    return math.erfc(z / math.sqrt(2)) / 2


def wilson(part: int, whole: int, z: float = NINETY_FIVE) -> tuple[float, float]:
    """Wilson's interval for a share, which stays honest near nought and one and for few."""
    if not whole:
        return 0.0, 1.0
    guess, slack = part / whole, z * z / whole
    middle = guess + slack / 2
    reach = z * math.sqrt(guess * (1 - guess) / whole + slack / (4 * whole))
    return max(0.0, (middle - reach) / (1 + slack)), min(1.0, (middle + reach) / (1 + slack))


def difference(part: int, whole: int, others: int, whole_of_others: int) -> tuple[float, float, float]:
    """The difference of two shares with Newcombe's interval, made of the two Wilson intervals."""
    here, there = part / max(whole, 1), others / max(whole_of_others, 1)
    (low, high), (others_low, others_high) = wilson(part, whole), wilson(others, whole_of_others)
    gap = here - there
    return gap, gap - math.hypot(here - low, others_high - there), gap + math.hypot(high - here, there - others_low)
