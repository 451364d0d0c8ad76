"""Which part of the cell does what, and what stands for it in the model."""

from annkit.exercises import Option, Question

exercise = Question(
    id="anatomy",
    title="From cell to model",
    points=1,
    prompt="""
        Which line gives every part of the cell its job **and** its counterpart in the artificial
        neuron?
    """,
    options=(
        Option(
            """
            dendrites: carry signals in → inputs; synapses: make one signal count more than another
            → bias; soma and axon hillock: add up and compare → weights; axon: carries the spike
            away → output
            """,
            """
            The jobs are right, two counterparts have changed places. How strongly *one* signal
            counts belongs to one synapse, so there has to be one number per input: a weight. A bias
            is one number per cell.
            """,
        ),
        Option(
            """
            axon: collects signals from other cells → inputs; synapses: strength of a contact →
            weights; soma and axon hillock: add up and compare → sum and activation; dendrites: pass
            the result on → output
            """,
            """
            Dendrites and axon are the wrong way round. Dendrites are the cell's ears; the axon is
            its voice: one cable that leaves the cell and branches near its targets.
            """,
        ),
        Option(
            """
            dendrites: carry signals in → inputs; synapses: strength of a contact → weights; soma
            and axon hillock: add up and compare → sum and activation; axon: carries the spike away
            → output
            """,
            """
            Yes: one input and one weight per contact, one sum and one decision per cell, and one
            output that every receiving cell gets to see.
            """,
            correct=True,
        ),
        Option(
            """
            dendrites: carry signals in → inputs; soma: strength of a contact → weights; synapses:
            add up and compare → sum and activation; axon: carries the spike away → output
            """,
            """
            Soma and synapses have changed places. There are thousands of synapses and each has its
            own strength; there is only one soma, which is why the adding up ends there.
            """,
        ),
    ),
)
anatomy = exercise.answer
