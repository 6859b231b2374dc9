"""How fast it is: `python -m tests.benchmarks` prints one table, as ratios within one run.

    questionnaires.py    the definitions that are measured
    servers.py           programs served by processes of their own, which tell their CPU time
    floor.py             what the pages are compared with: a bare Flask + SQLite program
    pages.py             CPU of a journey's requests, bytes on the wire
    driving.py           a load driver
    journeys.py          two thousand people answer, twelve at a time
    growth.py            the same requests in a wave of a million responses
    filling.py           waves full of answers
    closing.py           counting and disclosure, time and memory
    bench_disclosure.py  the disclosure solution, on waves like the Milan plan's
    figures.py           results and charts of a closed wave
    answers.py           durable answers a second, and how long readers wait meanwhile
    table.py             the lines that are printed

Nothing here asserts a time: machines differ, and this one may be busy.
"""
