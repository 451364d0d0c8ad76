"""Chapter 4, the forward pass: arrays through layers, with weights chosen by hand.

In come arrays of weights and inputs, out go pictures in which every shape can be seen. Begin with
`handmade`, the networks; `explorer` shows one of them in `array_boxes`, `bumps` draws with another.
"""
