"""The markov model of attribution: what is lost without a channel, by an exact solution of the chain.

The chain is of first order, over start, the channels, conversion and null.
"""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

START, CONVERSION, NULL = "(start)", "(conversion)", "(null)"


def removal_effects(steps: Floats, converted: Floats, lost: Floats) -> Floats:
    """The removal effect of each channel (C,): the share of conversions lost without it.

    `steps` (C+1, C+1) counts the steps from one state to another, `converted` and `lost` (C+1,) how often paths ended
    in each; the last state is start. Without channel c, whoever would enter it is lost:
    1 - P(conversion without c) / P(conversion), which is P(reach c) x P(conversion from c) / P(conversion).
    P(reach c) is N[start, c] / N[c, c] with the fundamental matrix N = (I - Q)^-1 (Kemeny, Snell: Finite Markov Chains,
    1960, theorem 3.5.4), so one exact solution serves all channels. All are 0 where nothing converts.
    """
    # Staying in a channel is no step: it changes no chance to convert or to be lost.
    moves = steps - np.diag(np.diag(steps))
    leaving = moves.sum(axis=1) + converted + lost
    scale = np.divide(1, leaving, out=np.zeros_like(leaving), where=leaving > 0)
    # The inverse exists: every channel that is entered is also left.
    fundamental = np.linalg.inv(np.eye(len(moves)) - moves * scale[:, None])
    chances = fundamental @ (converted * scale)
    if not chances[-1] > 0:
        return np.zeros(len(moves) - 1)
    reached = fundamental[-1, :-1] / np.diag(fundamental)[:-1]
    return reached * chances[:-1] / chances[-1]


def removal_effects_of_transitions(transitions: Iterable[tuple[str, str, float]]) -> dict[str, float]:
    """The removal effect of each channel of a counted chain, by name.

    A transition is (from, to, count) over the channels and START, CONVERSION, NULL; each pair stands once. Raises
    KeyError where a channel that is left was never entered.
    """
    counted = list(transitions)
    channels = sorted({state for _, state, _ in counted} - {CONVERSION, NULL})
    place = {channel: number for number, channel in enumerate([*channels, START])}
    steps = np.zeros((len(place), len(place)))
    ends = {CONVERSION: np.zeros(len(place)), NULL: np.zeros(len(place))}
    for origin, target, count in counted:
        if target in ends:
            ends[target][place[origin]] = count
        else:
            steps[place[origin], place[target]] = count
    effects = removal_effects(steps, ends[CONVERSION], ends[NULL])
    return dict(zip(channels, effects.tolist(), strict=True))
