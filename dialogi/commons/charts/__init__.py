"""Charts: a picture, its text and its table, from the same numbers. The picture is drawn when its own address is asked for."""

from dialogi.commons.charts.chart import Chart, Series

__all__ = ["Chart", "Series"]
