"""Every address of the house, for everybody: who gets in, what they may read, whether they can use it."""
