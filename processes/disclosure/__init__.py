"""What is made public of the documents of a case, and why not the rest: assessments, the list of them, the release."""
