"""The invented early help assessments. Nobody in them exists; every number is one that is reserved for drama."""

from referrals.casework.demo.writing import DemoChild, DemoParent, DemoReferral

_LEAD = "Imran Calloway"
_ACTIONS = (("A place in the breakfast club from Monday", "The school"), ("Ring the tutor each Friday", "The mother"))


def _assessment(
    key: str, author: str, hours_ago: float, child: DemoChild, parent: DemoParent, *, what: str, worried: str
) -> DemoReferral:
    return DemoReferral(
        key=key,
        author=author,
        hours_ago=hours_ago,
        children=(child,),
        parents=(parent,),
        what=what,
        worried=worried,
        kind="eha",
        lead=_LEAD,
        actions=_ACTIONS,
    )


DRAFT = _assessment(
    "assessment-draft",
    "primary-teacher",
    5,
    DemoChild("Fern", "Aldwick", "2018-05-14", sex="female", judged="vulnerable", because="One service is not enough."),
    DemoParent("Hazel Aldwick", words="I would like somebody to talk to."),
    what="Fern comes late and without breakfast since her father moved out.",
    worried="She falls behind, and her mother is alone with it.",
)
UNREAD = _assessment(
    "assessment-unread",
    "healthvisitor",
    6,
    DemoChild("Rowan", "Selby-Nash", "2024-02-03", sex="male", judged="vulnerable", because="Speech is late."),
    DemoParent("Maud Selby-Nash", words="I want him to talk like his cousins."),
    what="Rowan says few words for his age, and his mother has nobody to ask.",
    worried="He will start nursery without being understood.",
)
REGISTERED = _assessment(
    "assessment-registered",
    "primary-teacher",
    120,
    DemoChild(
        "Linus",
        "Garrowby",
        "2016-09-21",
        sex="male",
        judged="complex",
        because="Several services have to work together.",
        view="I like it when grandad comes.",
    ),
    DemoParent("Bethan Garrowby", words="It is a lot. I am glad of help."),
    what="Linus sleeps badly, his mother works nights, and the rent is behind.",
    worried="He is tired at school, and they may lose the flat.",
)
STEPPED_UP = _assessment(
    "assessment-stepped-up",
    "healthvisitor",
    150,
    DemoChild("Wren", "Tolliver", "2023-11-30", sex="female", judged="complex", because="Help so far was not enough."),
    DemoParent("Ada Tolliver", words="We can manage with a bit of help."),
    what="Wren has missed two reviews, and her mother is low.",
    worried="Her mother may not see what Wren needs.",
)
STEPPED_UP_HARM = "Wren lost weight between two visits, and there was no food in the house."
"""What the health visitor saw after it was registered: with that it became a referral."""
