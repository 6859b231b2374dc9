"""The release of a closed wave -> a report that can be published: a value first, then Word and HTML.

    model.py      Report, sections, sentences with the figures that they state: plain values
    facts.py      what a report is made from, and the documents whose places it cites
    citing.py     how numbers are written; which figures a sentence states
    desk.py       words and numbers in one language, with their places
    parts.py      values in tables, sentences of figures, charts: what sections share
    layout.py     columns of tables; numbers of tables and figures
    composing.py  the table of sections: method.py, headline.py, profiles.py, groups.py (with dividing.py and
                  group_tables.py), crosses.py, changing.py (with pairing.py), appendix.py (with questions.py)
    word.py       Report -> DOCX; styles.py takes those of a template, fields.py writes fields
    pages.py      Report -> HTML

Nothing is counted here: every number is a figure of the release, or made of some.
"""

from survey.exports.report.composing import report
from survey.exports.report.facts import Facts, documents
from survey.exports.report.model import Report

__all__ = ["Facts", "Report", "documents", "report"]
