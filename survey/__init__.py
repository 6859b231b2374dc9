"""Riscontro: from a questionnaire's definition to figures that can be published.

Reading the tree from top to bottom follows the data; each room hands an immutable value to the
next, and no arrow returns.

    language.py     the words of the interface: translations, numbers and dates as a reader writes them
    settings.py     settings as rows (name, default, help) -> frozen Settings
    definitions/    JSON -> Questionnaire, or every problem with its place and its remedy
    tokens.py       invitation id <-> signed link; answers in a form, signed; marks; receipts
    keys.py         the keys in the instance folder: secret keys, one mark key for each open wave
    cells.py        invitations' breakdowns -> cells that enough invited people share
    population.py   how many people the figures speak of: invited, stated or unknown
    notice.py       a wave's privacy notice: the program's facts, and what whoever asks adds
    numerals.py     numbers as people type them and as files hold them
    submission/     Questionnaire + what was sent -> Answers, or problems
    tables.py       a file as a spreadsheet saves it -> rows of text cells
    people/         a list of people -> judged people -> what it will change in a wave
    simulating.py   invited people by group -> which groups will be large enough to be shown
    uploads.py      lists of people in the instance folder, until they are confirmed
    rows.py         a file of answers -> judged rows, or every problem with its row and column
    counts.py       additive value types: tallies of responses by cell
    pairs.py        the tally of a before/after pair: whole, or its margins alone
    counting/       Questionnaire + stored responses -> counts
    disclosure/     counts + threshold -> which parts and figures may be shown
    study/          stored responses of two panel waves -> what linked people answered in both
    releasing.py    counts + what may be shown -> the Release of a wave
    release.py      the Release: frozen integers of what may be shown, and its JSON form
    adding.py       parts of several releases -> one part
    supplements.py  figures that a later definition adds to a release, beside it
    merging.py      releases as files; several of them added up
    placing.py      what a cell tells -> the part of the release that a response stands in
    coarsening.py   stored responses of a closed wave -> the same without what makes somebody stand out
    indicators/     Release -> Results, one entry for each kind of figure
    changes/        waves of one questionnaire -> what changed, what may not be compared, how figures went on
    public.py       the release of a wave -> what of it anybody may read
    rates.py        how many answered while a wave is open, in steps, and where it is heading
    narrative/      figures -> sentences, Italian and English
    preview.py      Questionnaire -> what its author reads before it is used, as lines of text
    charts/         figures -> Chart -> SVG, PNG, PDF
    exports/        a release -> files to be taken away: the report in Word and HTML
    gallery.py      charts drawn once, by a process of their own, and kept in the instance folder
    exports/        release or stored responses of a closed wave -> CSV, XLSX, SPSS, Stata, R, DDI
    demonstration.py  synthetic waves that reproduce the published figures, as rows of answers
    mail/           words and headers -> a message -> the mail server; its delivery reports
    store/          the only SQL: migrations, waves, invitations, contacts, responses, drafts, releases, ...
    codes.py        short codes, which are typed in place of a link
    throttling.py   how often something may happen
    paper/          letters, posters, paper, files of links: values -> HTML, DOCX, XLSX, QR codes
    inviting.py     journey: a wave is made and opened; groups -> invitations -> links
    recognising.py  how people of a panel wave are known again in the other waves of its study
    enrolling.py    journey: a list of people -> invitations and contacts; one added, corrected, withdrawn
    shelf.py        journey: the questionnaires that an instance offers
    preparing.py    journey: a wave as a draft, its settings, what opening and closing it will do
    admitting.py    journey: evaluators, the waves and groups that each may see, their sign-in links
    giving.py       journey: a closed wave -> what anybody may read of it, the same in every publication
    partnering.py   journey: results given back to partners, each by a page of its own
    answering.py    journey: link + form -> stored response
    drafting.py     journey: link + form -> draft kept on the server, in named waves only
    reaching.py     journey: what is known of an address -> contact, its mails, its invitation; opting out
    composing.py    journey: a contact and a kind of mail -> exactly the mail that this person gets
    mailing.py      journey: what is ordered by mail -> rows in the outbox, rounds of reminders, their plan
    phrasing.py     journey: the words of a wave's mails -> stored, or shown as somebody would get them
    courier.py      journey: outbox and rounds -> the mail server, each mail once
    posted.py       journey: the outbox of a wave -> how far its mails are, and what went out on which day
    returning.py    journey: what is heard of mails afterwards -> contacts that bounced, mails settled
    commenting.py   journey: the comments of a closed wave are read, searched, redacted
    reopening.py    journey: what an organization sent -> its draft again, and a line in the log
    handing/        journeys: links for partners, open links, short codes, letters, whatever is printed
    keying.py       journey: answers on paper, keyed in -> stored response
    importing.py    journey: a file of answers from elsewhere -> stored responses
    anonymity.py    journey: a database or a copy -> whatever in it must not be beside anonymous answers
    monitoring.py   journey: how far the waves are, in rates only
    studying.py     journey: a study begins, links its waves, ends; then nobody can link any more
    publishing.py   journey: stored responses -> counts -> release; then they are coarsened
    scratch.py      folders in which files are made, cleared up also after a process that was killed
    exporting.py    journey: a closed wave -> the table of its answers, which exports/ writes as files
    supplementing.py  journey: a later definition's figure -> a supplement of a closed wave's release
    filing.py       journey: a closed wave -> its files, made whole by a process of their own, and kept
    closing.py      journey: a wave is closed by a process of its own, which says how far it is
    reporting.py    journey: a closed wave and its baseline -> its report, as a page or a file
    versions.py     journey: a definition -> its other versions, in files and waves, compared item by item
    cli/            the `survey` command
    web/            the pages: public/ for respondents, evaluators/ for evaluators, which never meet;
                    partners/ for partners who read their results

`tests/test_architecture.py` holds who may import whom.
"""
