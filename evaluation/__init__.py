"""Train and score the cleaners on gold pages that are not part of the project."""
