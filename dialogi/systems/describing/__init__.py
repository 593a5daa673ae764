"""One register, many descriptions: what each description holds, made from the register as it is, for those who may read it."""
