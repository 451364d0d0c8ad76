"""The leaky integrate-and-fire neuron: a leaky membrane, a threshold, a reset, a pause.

Times are in ms, voltages in mV, currents in nA, resistances in MΩ, so that MΩ · nA is mV. The
voltage obeys τ dv/dt = −(v − v_rest) + R·I; at the threshold the cell fires, and its voltage is
held at the reset for the refractory period. Here twice: exactly for a steady current, and in
Euler steps for any current and many cells at once.

Not here: the shape of a spike (the model has none), synapses, learning, pictures (`explorer`,
`pictures`).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from annkit.arguments import Array


@dataclass(frozen=True)
class LeakyCell:
    """A leaky integrate-and-fire neuron.

    Attributes:
        tau: time constant of the membrane, ms.
        v_rest: voltage without input, mV.
        v_reset: voltage right after a spike, mV; below the threshold.
        v_threshold: the cell fires at and above it, mV.
        resistance: of the membrane, MΩ.
        refractory: pause after a spike, ms.
    """

    tau: float = 10.0
    v_rest: float = -65.0
    v_reset: float = -65.0
    v_threshold: float = -50.0
    resistance: float = 10.0
    refractory: float = 2.0

    @property
    def rheobase(self) -> float:
        """The current above which the cell fires if one waits long enough, nA."""
        return (self.v_threshold - self.v_rest) / self.resistance

    def target(self, current: ArrayLike) -> Array:
        """The voltage that a steady current leads to if there is no threshold, mV."""
        return self.v_rest + self.resistance * np.asarray(current, dtype=float)

    def climb(self, current: ArrayLike, start: float | None = None) -> Array:
        """Time from a voltage to the threshold at a steady current.

        Args:
            current: nA, any shape.
            start: the voltage to start from, mV; `v_reset` if None.

        Returns:
            ms, the shape of current; infinite where the threshold is never crossed.
        """
        target = self.target(current)
        fires = target > self.v_threshold
        gap = np.where(fires, target - self.v_threshold, 1.0)
        way = self.v_threshold - (self.v_reset if start is None else start)
        return np.where(fires, self.tau * np.log1p(way / gap), np.inf)

    def rate(self, current: ArrayLike) -> Array:
        """Firing rate at a steady current, Hz, the shape of current: the f–I curve."""
        return 1000.0 / (self.refractory + self.climb(current))

    def exact(self, current: float, times: Array) -> tuple[Array, Array]:
        """Voltage at a steady current, from rest, without any error of a time step.

        Args:
            current: nA.
            times: ms, from 0, (n,).

        Returns:
            The voltage at each time, mV, (n,), and the times of all spikes up to the last of
            `times`, ms.
        """
        target = float(self.target(current))
        first = float(self.climb(current, start=self.v_rest))
        before = times < first
        voltage = target + (self.v_rest - target) * np.exp(-times / self.tau)
        if before.all():
            return voltage, np.array([])
        period = self.refractory + float(self.climb(current))
        since = np.where(before, 0.0, (times - first) % period)
        climbing = np.clip(since - self.refractory, 0.0, None)
        after = target + (self.v_reset - target) * np.exp(-climbing / self.tau)
        return np.where(before, voltage, after), np.arange(first, times[-1], period)

    def simulate(self, currents: Array, dt: float) -> tuple[Array, Array]:
        """Simulate one cell, from rest, in steps of forward Euler.

        Args:
            currents: nA, (steps,).
            dt: ms.

        Returns:
            The voltage after each step, mV, (steps,), and the times of the spikes, ms, (spikes,);
            a time is that of the start of its step.
        """
        voltages, spikes = self.euler(np.asarray(currents, dtype=float)[:, None], dt)
        return voltages[:, 0], np.flatnonzero(spikes[:, 0]) * dt

    def euler(self, currents: Array, dt: float) -> tuple[Array, Array]:
        """Simulate cells side by side, from rest, in steps of forward Euler.

        Args:
            currents: nA, (steps, cells).
            dt: ms.

        Returns:
            The voltages after each step, mV, (steps, cells), and which cells fired in which step,
            (steps, cells) of True and False.
        """
        pause_steps = round(self.refractory / dt)
        voltages = np.empty(currents.shape)
        spikes = np.zeros(currents.shape, dtype=bool)
        v = np.full(currents.shape[1], self.v_rest)
        pause = np.zeros(currents.shape[1], dtype=int)
        for step, current in enumerate(currents):
            moved = v + dt / self.tau * (self.target(current) - v)
            awake = pause == 0
            spikes[step] = awake & (moved >= self.v_threshold)
            v = np.where(awake & ~spikes[step], moved, np.where(awake, self.v_reset, v))
            pause = np.where(spikes[step], pause_steps, np.maximum(pause - 1, 0))
            voltages[step] = v
        return voltages, spikes
