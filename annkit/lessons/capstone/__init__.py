"""Chapter 12, the capstone: one's own network reads digits and guesses prices, and is questioned.

In come a trained model and examples or drawings, out go measurements and pictures. Begin with
`drawing_pad`, the centre-piece; `drawings` is what it hands to the network, `scribbles` a hand that
writes when nobody is there. `many_splits` trains many networks, `calibration` asks whether their
certainty is deserved; `opponents` are what the network is held against.
"""
