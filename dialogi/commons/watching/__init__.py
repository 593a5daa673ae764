"""Is the machinery well, and who is told when it is not.

`standing` looks, `troubles` finds what is wrong and tells the operator, `metrics` gives figures to a monitoring system, `requests` names and
counts requests. This file imports nothing: the log is set up before there are models.
"""
