"""A veto is not a negative weight."""

from annkit.exercises import Option, Question

exercise = Question(
    id="veto_question",
    title="Ten against one",
    points=1,
    prompt=(
        "Ten excitatory inputs and one inhibitory input are on; the threshold is 3. Unit A is a "
        "McCulloch–Pitts unit with a veto. Unit B is a weighted sum with weight +1 for excitatory "
        "and −1 for inhibitory inputs. Which of them fires?"
    ),
    options=(
        Option(
            "Only B.",
            "Yes: 10 − 1 = 9 is well above 3, so B fires. For A the ten do not matter: one "
            "inhibitory input is on, and that ends it.",
            correct=True,
        ),
        Option(
            "Both: ten against one.",
            "That counts votes. B does; A does not. A veto needs no majority, one is enough.",
        ),
        Option(
            "Neither: inhibition wins over excitation.",
            "For A it does. In B the inhibitory input is one term of a sum among others, and "
            "9 is still at least 3.",
        ),
        Option(
            "Only A.",
            "The wrong way round: A is the one with the veto.",
        ),
    ),
)
veto_question = exercise.answer
