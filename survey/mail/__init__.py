"""Mail: words and headers -> a message -> the mail server; and what comes back from it.

kinds.py      the kinds of mail
wording.py    template and values -> subject, text, HTML
building.py   recipient, subject, text and HTML -> EmailMessage
sending.py    EmailMessage -> the mail server, over one connection
reports.py    what mail servers report -> who was not reached
"""
