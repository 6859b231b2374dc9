"""Answers that come when the wave takes none any more: what was typed is shown, to be copied or printed."""

from survey.drafting import fields_in
from survey.tokens import CarriedUnreadable
from survey.web.public.fields import CARRIED
from survey.web.public.kept import Typed
from survey.web.public.present import answering, carrier, sent_fields


def typed(link: str) -> Typed:
    """What the form that was sent by a link holds, on whatever of its pages."""
    door, sent = answering().behind(link), sent_fields()
    try:
        others = carrier().unpacked(door.invitation, door.wave.sha256, sent.get(CARRIED, [""])[-1])
    except CarriedUnreadable:
        others = {}
    fields = fields_in(door.questionnaire, {**others, **sent})
    return tuple((item, fields[item.id]) for item in door.questionnaire.items if item.id in fields)
