"""Files that leave the instance: release or stored responses -> CSV, XLSX, SPSS, Stata, R, Word, ...

What whole files of answers and of results have in common is here: their variables, their names, and
what they tell of their wave.

    answers/    stored responses of a closed wave -> files for spreadsheets and statistics
    results/    a release -> workbook, table, open data, charts, evidence
    report/     a release -> a report as a value -> Word, HTML

Pure but for the files of the program that they read: templates and styles.
"""
