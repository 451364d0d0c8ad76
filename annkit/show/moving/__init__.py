"""Pictures that move: in come a drawing function and sliders, out goes an interactive.

Begin with `interactive`, where an example stands; `controls` is all that a chapter says about its
sliders. `canvas` and `stamps` draw fast, `panel` and `control_widgets` are the live side, and
`still_twin` is what remains where nothing moves.
"""
