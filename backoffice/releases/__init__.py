"""Making releases and keeping the repository from which tills fetch them."""
