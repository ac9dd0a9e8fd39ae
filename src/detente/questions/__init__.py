"""One module a question: a function that asks it, and the result that answers and can say why."""
