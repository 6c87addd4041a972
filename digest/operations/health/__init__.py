"""Whether all is well: how things stand, what of it is a trouble, and what the operator is told of it."""
