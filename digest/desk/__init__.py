"""The pages of the desk, where operator and editor see how things stand: values → HTML."""

from digest.desk.chart import Chart, by_week
from digest.desk.frame import Office, Place, render, style
from digest.desk.paging import Steps, number, steps
from digest.desk.source import SourceLine, annotated, is_doubtful

__all__ = [
    "Chart",
    "Office",
    "Place",
    "SourceLine",
    "Steps",
    "annotated",
    "by_week",
    "is_doubtful",
    "number",
    "render",
    "steps",
    "style",
]
