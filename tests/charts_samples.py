"""A wave such as the Milan one, as frozen figures, for the tests of charts."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from survey.counts import Reason
from survey.definitions.model import (
    Breakdown,
    Dimension,
    Item,
    JointShare,
    Kind,
    Mean,
    Mode,
    Option,
    Point,
    Profile,
    Questionnaire,
    Ranking,
    Recommendation,
    Scale,
    Section,
    Share,
    StatusChange,
    Summary,
    Words,
)
from survey.indicators.model import (
    Band,
    DimensionFigure,
    DividedResults,
    ItemFigure,
    MeanFigure,
    OthersResults,
    PartResults,
    ProfileFigure,
    RankedOption,
    RankingFigure,
    RecommendationFigure,
    Response,
    Results,
    Score,
    ShareFigure,
    ShareIndicatorFigure,
    StatusChangeFigure,
    SummaryFigure,
)
from survey.release import Hidden, Pooled


def words(it: str, en: str) -> Words:
    return {"it": it, "en": en}


AGREEMENT = Scale(
    "agreement",
    tuple(
        Point(value, words(it, en))
        for value, it, en in [
            (1, "Per niente d'accordo", "Strongly disagree"),
            (2, "Poco d'accordo", "Disagree"),
            (3, "Né d'accordo né in disaccordo", "Neither agree nor disagree"),
            (4, "Abbastanza d'accordo", "Agree"),
            (5, "Completamente d'accordo", "Strongly agree"),
        ]
    ),
    not_applicable=words("Non so / non mi riguarda", "Don't know / does not apply"),
)
USEFULNESS = replace(
    AGREEMENT,
    id="usefulness",
    points=tuple(
        Point(value, words(it, en))
        for value, it, en in [
            (1, "Per niente utile", "Not useful at all"),
            (2, "Poco utile", "Slightly useful"),
            (3, "Abbastanza utile", "Moderately useful"),
            (4, "Molto utile", "Very useful"),
            (5, "Moltissimo", "Extremely useful"),
        ]
    ),
)
ELEVEN = Scale("eleven", tuple(Point(value, words(str(value), str(value))) for value in range(11)))
THREE = Scale(
    "three",
    (
        Point(1, words("Peggiorato", "Worse")),
        Point(2, words("Uguale", "The same")),
        Point(3, words("Migliorato", "Better")),
    ),
)
STATUSES = {
    "seeking": words("In cerca di occupazione", "Seeking work"),
    "unemployed": words("Disoccupata o disoccupato", "Unemployed"),
    "permanent": words("Contratto a tempo indeterminato", "Permanent contract"),
    "fixed": words("Contratto a tempo determinato", "Fixed-term contract"),
    "self": words("Lavoro autonomo", "Self-employed"),
    "other": words("Altro", "Other"),
}
DIMENSIONS = {
    "awareness": (words("Consapevolezza e fiducia in sé", "Awareness and confidence"), 4.02),
    "economic": (words("Indipendenza economica", "Economic independence"), 2.61),
    "savings": (words("Risparmio", "Savings"), 3.34),
    "professional": (words("Sfera professionale", "Professional sphere"), 3.12),
    "wellbeing": (words("Benessere psicofisico e stress", "Psycho-physical well-being and stress"), 3.87),
    "time": (words("Tempo: risparmio, gestione e conciliazione", "Time: saving, managing, balance"), 4.11),
    "company": (words("Relazione con l'azienda e appartenenza", "Relation with the company"), 3.55),
    "colleagues": (words("Relazione con le colleghe e i colleghi", "Relation with colleagues"), 2.93),
}
STATEMENTS = [
    words(
        "Negli ultimi dodici mesi il servizio mi ha aiutato a conciliare il lavoro e la vita personale",
        "Over the last twelve months the service helped me to balance work and personal life better",
    ),
    words("Grazie al servizio ho risparmiato tempo ogni settimana", "The service saved me time every week"),
    words("Mi sono sentita o sentito più stressata o stressato di prima", "I felt more stressed than before"),
    words("Mi sento parte della mia azienda", "I feel that I belong to my company"),
    words("Ho speso meno per la cura dei figli", "I spent less on child care"),
]


def scale_item(name: str, text: Words, scale: Scale = AGREEMENT) -> Item:
    return Item(name, Kind.SCALE, text, scale=scale, not_applicable=scale.not_applicable)


def choice(
    name: str, text: Words, options: Mapping[str, Words], kind: Kind = Kind.CHOICE, none: Words | None = None
) -> Item:
    made = tuple(Option(code, label) for code, label in options.items())
    return Item(name, kind, text, options=(*made, *([Option("none", none, True)] if none else [])))


ITEMS = [
    scale_item(
        "utility",
        words(
            "Quanto è stato utile per Lei il servizio di conciliazione?",
            "How useful was the service to you?",
        ),
        USEFULNESS,
    ),
    *(scale_item(f"statement_{at}", text) for at, text in enumerate(STATEMENTS)),
    scale_item("recommend", words("Consiglierebbe il servizio?", "Would you recommend it?")),
    scale_item("recommend_0_10", words("Da 0 a 10, quanto lo consiglierebbe?", "From 0 to 10?"), ELEVEN),
    scale_item(
        "change", words("Com'è cambiato il Suo tempo libero?", "How did your free time change?"), THREE
    ),
    choice(
        "again",
        words("Lo userebbe ancora?", "Would you use it again?"),
        {"yes": words("Sì", "Yes"), "no": words("No", "No")},
    ),
    choice(
        "used",
        words("Quali servizi ha usato?", "Which services did you use?"),
        {
            "camps": words("Centri estivi per bambine e bambini", "Summer camps for children"),
            "nursery": words("Nido e baby-sitting", "Nursery and baby-sitting"),
            "shopping": words("Spesa pronta e stireria", "Ready-made shopping and ironing"),
        },
        Kind.CHOICES,
        none=words("Nessuno di questi", "None of these"),
    ),
    choice("before", words("Condizione prima", "Status before"), STATUSES),
    choice("now", words("Condizione attuale", "Status now"), STATUSES),
    Item("employees", Kind.NUMBER, words("Numero di dipendenti", "Number of employees"), maximum=9999),
    Item("comment", Kind.TEXT, words("Osservazioni", "Comments"), max_length=400),
]
INDICATORS = (
    Mean("utility", "utility", words("Utilità percepita del servizio", "Perceived utility of the service")),
    Recommendation(
        "recommendation",
        "recommend",
        ("4", "5"),
        ("5",),
        ("4",),
        ("1", "2", "3"),
        words("Consiglierebbe il servizio ad altre persone", "Would recommend the service"),
    ),
    Recommendation("nps", "recommend_0_10", ("9", "10"), ("9", "10"), ("7", "8"), tuple("0123456")),
    Share("again", "again", ("yes",), words("Userebbe ancora il servizio", "Would use it again")),
    StatusChange(
        "employment", "before", "now", words("Cambiamento della condizione lavorativa", "Employment status")
    ),
    Profile(
        "dimensions",
        tuple(Dimension(name, label, (f"{name}_1",)) for name, (label, _) in DIMENSIONS.items()),
        words("Cambiamento percepito nelle dimensioni d'impatto", "Perceived change by dimension of impact"),
    ),
    JointShare(
        "helped",
        ("statement_0", "statement_1"),
        ("4", "5"),
        "any",
        words("Aiuto da almeno un servizio", "Helped in at least one way"),
    ),
    Ranking("services", "used", words("I servizi più usati", "The services that were used most")),
    Summary("size", "employees", words("Dimensione delle organizzazioni", "Size of the organizations")),
)
QUESTIONNAIRE = Questionnaire(
    "beneficiaries",
    1,
    "beneficiary",
    Mode.ANONYMOUS,
    ("it", "en"),
    words("Questionario", "Questionnaire"),
    words("Benvenute e benvenuti", "Welcome"),
    (Breakdown("alliance", words("Alleanza", "Alliance")),),
    (Section("all", words("Tutto", "All"), tuple(ITEMS)),),
    INDICATORS,
)


def presentation(n: int) -> str:
    bounds = {10: "counts", 30: "counts_interval", 60: "caution"}
    return next((name for bound, name in bounds.items() if n < bound), "full")


def item_figure(kind: str, codes: Sequence[str], counts: Sequence[int], scored: bool = True) -> ItemFigure:
    n = sum(counts)
    mean = sum(at * count for at, count in enumerate(counts, start=1)) / n if n and scored else None
    interval = (mean - 0.05, mean + 0.05) if mean and n >= 10 else None
    return ItemFigure(
        kind,
        n=n,
        missing=8,
        not_applicable=12,
        counts=dict(zip(codes, counts, strict=True)),
        mean=mean,
        interval=interval,
        presentation=presentation(n),
        reason=None if n else Reason.NO_ANSWERS,
    )


def share_figure(n: int, count: int) -> ShareFigure:
    share = count / n
    return ShareFigure(n, count, share, (max(0, share - 0.03), min(1, share + 0.03)))


def spread(weights: Sequence[int], n: int) -> list[int]:
    counts = [weight * n // sum(weights) for weight in weights]
    return [n - sum(counts[1:]), *counts[1:]]


def items(n: int) -> dict[str, ItemFigure]:
    five, eleven = ("1", "2", "3", "4", "5"), tuple(map(str, range(11)))
    figures = {"utility": item_figure("scale", five, spread([60, 110, 270, 400, 420], n))}
    weights = [
        [5, 15, 25, 35, 20],
        [2, 8, 15, 40, 35],
        [30, 30, 20, 15, 5],
        [10, 25, 30, 25, 10],
        [0, 0, 0, 0, 1],
    ]
    for at, weight in enumerate(weights):
        figures[f"statement_{at}"] = item_figure("scale", five, spread(weight, n))
    figures |= {
        "recommend": item_figure("scale", five, spread([87, 150, 300, 400, 323], n)),
        "recommend_0_10": item_figure("scale", eleven, spread([1, 1, 2, 3, 4, 9, 10, 20, 25, 15, 10], n)),
        "change": item_figure("scale", ("1", "2", "3"), spread([10, 50, 40], n)),
        "again": item_figure("choice", ("yes", "no"), spread([70, 30], n), scored=False),
        "used": replace(
            item_figure(
                "choices",
                ("camps", "nursery", "shopping", "none"),
                [n * 2 // 3, n // 3, n // 4, n // 20],
                scored=False,
            ),
            n=n,
        ),
        "employees": ItemFigure("number", n=n, mean=57.0, median=35.0, interval=(41.2, 72.8), missing=0),
    }
    codes = tuple(STATUSES)
    for name in ("before", "now"):
        figures[name] = item_figure("choice", codes, spread([8, 6, 60, 14, 7, 5], n), scored=False)
    return figures


def status_change(n: int, nets: Sequence[int] = (-5, -3, 1, 3, 3, 1), movers: int = 63) -> StatusChangeFigure:
    before = spread([8, 6, 60, 14, 7, 5], n)
    return StatusChangeFigure(
        n=n,
        movers=movers,
        net=dict(zip(STATUSES, nets, strict=True)),
        net_interval={code: (net - 6.6, net + 6.6) for code, net in zip(STATUSES, nets, strict=True)},
        before=dict(zip(STATUSES, before, strict=True)),
        after={code: b + net for code, b, net in zip(STATUSES, before, nets, strict=True)},
        presentation=presentation(n),
        transitions=transitions(before, nets),
    )


def transitions(before: Sequence[int], nets: Sequence[int]) -> dict[str, dict[str, int]]:
    """Moves that have these nets, with some people who changed places beside."""
    codes = list(STATUSES)
    table = {
        code: {other: n if code == other else 0 for other in codes}
        for code, n in zip(codes, before, strict=True)
    }
    lost = [code for code, net in zip(codes, nets, strict=True) for _ in range(-net)]
    gained = [code for code, net in zip(codes, nets, strict=True) for _ in range(net)]
    moves = list(zip(lost, gained, strict=True))
    for at, pair in enumerate(pairwise(codes)):
        changed = min(min(table[code][code] for code in pair) // 4, at + 1)
        moves.extend([pair, pair[::-1]] * changed)
    for was, now in moves:
        table[was][now] += 1
        table[was][was] -= 1
    return table


def ranking(n: int) -> RankingFigure:
    """Two options that share the second place, and one that goes with no other."""
    counts = {"camps": n * 2 // 3, "shopping": n // 3, "nursery": n // 3, "none": n // 20}
    ranks = {"camps": 1, "shopping": 2, "nursery": 2, "none": None}
    options = {
        code: RankedOption(ranks[code], count, count / n, share_figure(n, count).interval)
        for code, count in counts.items()
    }
    return RankingFigure(n=n, options=options, presentation=presentation(n))


def histogram(n: int) -> tuple[Band, ...]:
    ends = [0, 10, 20, 50, 100, 250, None]
    return tuple(
        Band(low, high, count)
        for (low, high), count in zip(pairwise(ends), spread([10, 25, 30, 20, 10, 5], n), strict=True)
    )


def profile(n: int, shift: float = 0.0, withheld: Sequence[str] = ()) -> ProfileFigure:
    figures = {
        name: DimensionFigure((f"{name}_1",), reason=Reason.TOO_FEW_ANSWERS)
        if name in withheld
        else DimensionFigure(
            (f"{name}_1",),
            mean=mean + shift,
            n=n - at,
            interval=(mean + shift - 3 / n**0.5, mean + shift + 3 / n**0.5) if n >= 18 else None,
            presentation=presentation(n - at),
        )
        for at, (name, (_, mean)) in enumerate(DIMENSIONS.items())
    }
    return ProfileFigure(1, 5, figures)


def recommendation(
    figure: ItemFigure, high: Sequence[str], low: Sequence[str], also: Sequence[str], name: str, scale: str
):
    counts, n = figure.counts or {}, figure.n or 0
    would, against = (sum(counts[code] for code in codes) for codes in (high, low))
    value = 100 * (would - against) / n
    enough = n >= 30
    score = Score(
        name,
        n,
        value if enough else None,
        (value - 200 / n**0.5, value + 200 / n**0.5) if enough else None,
        would,
        n - would - against,
        against,
        None if enough else Reason.TOO_FEW_FOR_SCORE,
    )
    return RecommendationFigure(
        scale,
        {},
        n=n,
        would_recommend=share_figure(n, would + sum(counts[code] for code in also)),
        score=score,
        presentation=presentation(n),
    )


def part(n: int = 1260, shift: float = 0.0, withheld: Sequence[str] = ()) -> PartResults:
    figures = items(n)
    utility, again = figures["utility"], figures["again"].counts or {}
    share = share_figure(n, again["yes"])
    indicators = {
        "utility": MeanFigure(
            value=utility.mean, n=n, interval=utility.interval, presentation=utility.presentation
        ),
        "recommendation": recommendation(
            figures["recommend"], ["5"], ["1", "2", "3"], ["4"], "recommendation_balance", "1-5"
        ),
        "nps": recommendation(figures["recommend_0_10"], ["9", "10"], list("0123456"), [], "NPS", "0-10"),
        "again": ShareIndicatorFigure(
            value=share.share, count=share.count, n=n, interval=share.interval, presentation=presentation(n)
        ),
        "helped": ShareIndicatorFigure(
            value=share.share, count=share.count, n=n, interval=share.interval, presentation=presentation(n)
        ),
        "services": ranking(n),
        "employment": status_change(1240) if n == 1260 else status_change(n, (-1, 0, 1, 0, 0, 0), 4),
        "dimensions": profile(n, shift, withheld),
        "size": SummaryFigure(
            n=n,
            mean=57.0,
            median=35.0,
            interval=(41.2, 72.8),
            min=4,
            max=231,
            sum=969,
            presentation=presentation(n),
            histogram=histogram(n),
        ),
    }
    return PartResults(response(n), figures, indicators)


def response(n: int) -> Response:
    if n == 1260:
        return Response(4000, 4000, 1280, 1228, 52, 0.307, 0.32)
    invited, complete = 2 * n, n - n // 10
    return Response(invited, invited, n, complete, n - complete, complete / invited, n / invited)


def nothing(reason: Reason = Reason.TOO_FEW_ANSWERS) -> PartResults:
    """A part of which everything is withheld."""
    indicators = {
        "utility": MeanFigure(reason=reason),
        "recommendation": RecommendationFigure("1-5", {}, reason=reason),
        "nps": RecommendationFigure("0-10", {}, reason=reason),
        "again": ShareIndicatorFigure(reason=reason),
        "employment": StatusChangeFigure(reason=reason),
        "dimensions": ProfileFigure(
            1, 5, {name: DimensionFigure((), reason=reason) for name in DIMENSIONS}, reason=reason
        ),
        "helped": ShareIndicatorFigure(reason=reason),
        "services": RankingFigure(reason=reason),
        "size": SummaryFigure(reason=reason),
    }
    figures = {item.id: ItemFigure(item.kind, reason=reason) for item in ITEMS}
    return PartResults(Response(4000, 4000, 4, 4, 0, None, None), figures, indicators)


def divided(groups: int) -> DividedResults:
    """So many groups, shown, of many sizes; beyond four, some hidden, withheld and pooled too."""
    sizes = [210, 16, 44, 330, 65, 8, 120, 95]
    shown = {
        f"A{at:02}": part(sizes[at % 8], (at % 5 - 2) / 10, ["savings"] if at % 4 == 2 else [])
        for at in range(1, groups + 1)
    }
    if groups <= 4:
        return DividedResults(shown, ())
    shown["A05"] = nothing(Reason.PROTECTS_ANOTHER)
    aside = {"B1": Pooled(), "B2": Pooled(), "C1": Hidden(Reason.TOO_FEW_INVITED)}
    return DividedResults({**shown, **aside}, (OthersResults(None, ("B1", "B2"), part(23)),))


def results(whole: PartResults | None = None, groups: int = 2) -> Results:
    return Results(
        "milano-2019",
        words("Piano territoriale 2017-2019", "Territorial plan 2017-2019"),
        "beneficiaries",
        1,
        "anonymous",
        "monitoring",
        "2019-11-30T18:00:00+01:00",
        5,
        True,
        whole or part(),
        {"alliance": divided(groups)},
    )
