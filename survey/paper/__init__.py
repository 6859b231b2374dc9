"""What is printed or handed out on paper: pure, from values to bytes.

    facts.py     what letters, posters and sheets say of a wave
    qr.py        an address -> QR code, as SVG and PNG
    tables.py    links -> a CSV or XLSX file for a mail merge
    sheet.py     Questionnaire -> the sheet that is filled in by hand, as values
    pages.py     letters, posters and sheets as HTML that prints one page each
    word.py      letters and sheets as DOCX

Every word that comes from elsewhere (names, groups, a definition's texts) is text here, never markup.
"""
