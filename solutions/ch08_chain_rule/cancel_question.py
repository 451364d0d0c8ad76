"""Why softmax and cross-entropy leave so little."""

from annkit.exercises import Option, Question

exercise = Question(
    id="cancel_question",
    title="Where did the slope go?",
    points=1,
    prompt="With cross-entropy the gradient in the scores is p − y: no slope of softmax is left in "
    "it. With the half squared error of the same p it is not so simple. Why?",
    options=(
        Option(
            "Cross-entropy skips the softmax: it works with the scores directly",
            "The scores go through the softmax here as there. Its Jacobian is a factor of both "
            "gradients.",
        ),
        Option(
            "The slope of −ln p is −1/p, and the softmax's Jacobian has a factor p: the two cancel",
            "Yes. The logarithm undoes the exponential. The slope of the half squared error, p − "
            "y, has no 1/p in it, so the factor p stays, and where p is nearly 0 nothing is "
            "learned.",
            correct=True,
        ),
        Option(
            "p − y is an approximation that is good near the right answer",
            "It is exact everywhere; your exercise was judged far away from right answers too.",
        ),
        Option(
            "The Jacobian of the softmax is the identity matrix",
            "It is far from it: its rows even sum to 0, so it maps a common shift of all scores to "
            "nothing.",
        ),
    ),
)
cancel_question = exercise.answer
