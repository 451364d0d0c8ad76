"""The activation of the last layer must be able to say the answer."""

from annkit.exercises import Option, Question

exercise = Question(
    id="output_question",
    title="Tomorrow's temperature",
    points=1,
    prompt="""
        A network predicts tomorrow's temperature in °C for a town where it lies between −25
        and 35. All hidden layers are ReLUs. Which activation belongs at the **output**?
    """,
    options=(
        Option(
            "ReLU, as in the other layers",
            """
            Then frost can't be predicted: every day below zero would come out as 0 °C, and with
            slope 0 there, the network would not even notice that it is wrong.
            """,
        ),
        Option(
            "Sigmoid, because outputs should lie between 0 and 1",
            "A probability should. A temperature of 21 °C can't be said with numbers below 1.",
        ),
        Option(
            "Softmax, because it is the last layer",
            """
            Softmax makes the outputs of one row share a total of 1; with one output unit it would
            answer 1 whatever the weather.
            """,
        ),
        Option(
            "None (the identity)",
            """
            Yes: a number of any size and sign must be able to come out. The hidden layers have
            already bent what needed bending.
            """,
            correct=True,
        ),
    ),
)
output_question = exercise.answer
