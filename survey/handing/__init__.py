"""Journey: invitations that reach people by other ways than mail.

batches.py     unnamed invitations: links that a partner hands out, places behind an open link, paper
open_links.py  the link of a poster + its start button -> one of the invitations made for it
codes.py       invitations -> short codes; what was typed -> its invitation
letters.py     whom a letter goes to, with link and code
"""
