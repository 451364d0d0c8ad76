"""Chapter 1, neurons: from a nerve cell to a unit that knows no time.

In come currents, out go voltages, spikes and firing rates. Begin with `leaky_cell`, the model;
`explorer` shows it, `agreement` holds a simulation beside the formula, `step_errors` simulates too
coarsely, `volleys` sends spikes together or one by one (`volley_explorer`), `pictures` draws cell
and circuit.
"""
