"""Results of a closed wave as files.

rows.py       Results -> one long table: a row for each value, or for the reason why it is withheld
plain.py      the long table as CSV, for programs and for Excel in Italy
sheets.py     Results -> the sheets of a workbook as plain cells
cross_sheets.py  crosses -> sheets: each figure's cells as numbers, and how many answers
paired_sheets.py  what changed in the people who answered two waves -> sheets
workbook.py   sheets and pictures -> XLSX
picturing.py  every chart of a wave, its file name, its numbers as CSV
packing.py    files -> a ZIP whose bytes depend on them alone
public.py     the release of a wave -> what of it may be published
opendata.py   what may be published -> a data package: CSV, metadata, README
bundle.py     everything that makes the figures, with checksums -> an evidence bundle
reading.py    a bundle, read without trusting it
verifying.py  a bundle -> every way in which it does not hold
"""
