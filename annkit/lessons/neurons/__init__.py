"""Chapter 1, neurons: from a nerve cell to a unit that knows no time.

In come currents, out go voltages, spikes and firing rates. Begin with `leaky_cell`, the model;
`explorer` shows it, `step_errors` simulates it too coarsely, `pictures` draws cell and circuit.
"""
