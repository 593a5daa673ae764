"""The demo municipality: deterministic, labelled as a demo, made through the same actions as everything else."""
