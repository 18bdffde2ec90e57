"""The invented referrals. Nobody in them exists; every number is one that is reserved for drama."""

from referrals.casework.demo.writing import DemoChild, DemoParent, DemoReferral

_LATE = (("tw-complex-050", "Late on eleven of the last fifteen mornings, and tired."),)
_HYGIENE = (("tw-complex-059", "The same clothes for a week; two untreated abscesses."),)
_BRUISE = (("tw-acute-002", "A hand-shaped bruise on the upper arm, seen by two of us."),)
_NEGLECT = (("tw-acute-005", "No food in the house on three visits; the baby had lost weight."),)
_VIOLENCE = (("tw-acute-050", "The third call in a month; the child was between them."),)
_RANG = {
    "rang": "yes",
    "rang_whom": "Family Connect, the duty worker",
    "rang_by": "I did",
    "rang_advice": "To write it down and send it today.",
    "rang_police": "no",
}

DRAFT = DemoReferral(
    key="draft",
    author="teacher",
    hours_ago=3,
    children=(DemoChild("Callie", "Thornbury", "2012-06-14", sex="female", because="It has gone on since summer."),),
)
DRAFT_OF_SIBLINGS = DemoReferral(
    key="draft-of-siblings",
    author="primary-teacher",
    hours_ago=26,
    children=(
        DemoChild("Jago", "Fairhurst", "2016-02-20", sex="male", because="Things are getting worse at home."),
        DemoChild("Merryn", "Fairhurst", "2019-09", sex="female", because="She follows her brother everywhere."),
    ),
)
WAITING = DemoReferral(
    key="waiting",
    author="teacher",
    hours_ago=4,
    children=(
        DemoChild(
            "Otis",
            "Penhallow",
            "2011-11-02",
            sex="male",
            descriptors=_LATE,
            because="Home has no routine, and what we offered did not help.",
            view="I get everybody up, then I am late.",
            agrees=True,
        ),
    ),
    parents=(DemoParent("Rowena Penhallow", words="I could do with somebody to help me."),),
    what="Otis looks after two younger brothers before school. He fell asleep in two lessons this week.",
    worried="He misses school to care for the others, and nobody cares for him.",
    needs="An assessment of the family, and help for Otis as a young carer.",
)
RETURNED = DemoReferral(
    key="returned",
    author="teacher",
    hours_ago=30,
    children=(
        DemoChild(
            "Saskia",
            "Holloway",
            "2013-01-28",
            sex="female",
            descriptors=_HYGIENE,
            because="It has lasted for months.",
            view="I do not like my smell.",
            agrees=True,
        ),
    ),
    parents=(DemoParent("Dean Holloway", "father", words="All right, if it helps her."),),
    what="Saskia comes to school unwashed and in dirty clothes.",
    worried="Her health and her friendships suffer.",
)
UNREAD_UNBORN = DemoReferral(
    key="unread-unborn",
    author="healthvisitor",
    hours_ago=1,
    children=(
        DemoChild(
            "",
            "Castleton",
            due_in=54,
            harm="suspected",
            harm_what="The baby's father hit the mother twice in this pregnancy.",
            circumstances=("domestic_abuse",),
            descriptors=_VIOLENCE,
            judged="acute",
            because="The violence goes on while she is pregnant.",
        ),
    ),
    parents=(DemoParent("Lorna Castleton", said="given", words="Please, but he must not know."),),
    what="Lorna has bruises and says that he did it. She is 32 weeks pregnant.",
    worried="The baby will be born into violence.",
    needs="A pre-birth assessment and a safe place for the mother.",
    rang=_RANG,
)
READ = DemoReferral(
    key="read",
    author="officer",
    hours_ago=7,
    children=(
        DemoChild(
            "Kit",
            "Marsden",
            "2018-04-09",
            sex="male",
            harm="yes",
            harm_what="He was pushed when he stepped between his parents.",
            circumstances=("domestic_abuse", "physical_abuse"),
            descriptors=_VIOLENCE,
            judged="acute",
            because="The third call in a month.",
            view="I want it to be quiet.",
        ),
    ),
    parents=(DemoParent("Gwen Marsden", said="not_sought"),),
    what="Called to shouting at night. Kit stood between his parents and had fallen against a door.",
    worried="He puts himself between them, and will be hurt worse.",
    rang=_RANG,
)
CLAIMED = DemoReferral(
    key="claimed",
    author="primary-teacher",
    hours_ago=22,
    children=(
        DemoChild(
            "Ines",
            "Barrowclough",
            "2017-08-30",
            sex="female",
            descriptors=_HYGIENE,
            because="Early help has ended without change.",
            view="Mummy sleeps a lot.",
        ),
    ),
    parents=(DemoParent("Petra Barrowclough", words="I am trying."),),
    what="Ines is hungry each morning, and has had the same cold sore for weeks.",
    worried="Her mother is low, and Ines goes without.",
)
AWAITING = DemoReferral(
    key="awaiting",
    author="healthvisitor",
    hours_ago=50,
    children=(
        DemoChild(
            "Rafe",
            "Undershaw",
            "2025-12",
            sex="male",
            harm="not_sure",
            harm_what="He has lost weight between two visits.",
            circumstances=("neglect",),
            descriptors=_NEGLECT,
            judged="acute",
            because="A baby who loses weight can't wait.",
            moves_about="no",
            school="",
        ),
        DemoChild(
            "Elodie",
            "Undershaw",
            "2021-05-17",
            sex="female",
            harm="not_sure",
            harm_what="There was no food in the house.",
            circumstances=("neglect",),
            descriptors=_HYGIENE,
            judged="complex",
            because="She eats at nursery and is well otherwise.",
            view="Rafe cries.",
        ),
    ),
    parents=(DemoParent("Tess Undershaw", said="refused", words="There is nothing wrong with my children."),),
    what="Rafe weighs less than three weeks ago. There was no food in the house on three visits.",
    worried="A baby without enough food comes to harm quickly.",
    rang=_RANG,
)
CLOSED = DemoReferral(
    key="closed",
    author="primary-teacher",
    hours_ago=220,
    children=(
        DemoChild(
            "Noor",
            "Sallow",
            "2016-12-11",
            sex="female",
            descriptors=_LATE,
            because="Help from school alone is not enough.",
            view="I like breakfast club.",
        ),
    ),
    parents=(DemoParent("Hana Sallow", words="Yes, please."),),
    what="Noor has missed a third of the term. Her mother works nights.",
    worried="She falls behind and is often alone in the morning.",
)
CONTESTED = DemoReferral(
    key="contested",
    author="teacher",
    hours_ago=170,
    children=(
        DemoChild(
            "Idris",
            "Kettlewell",
            "2010-03-25",
            sex="male",
            descriptors=_LATE,
            because="He stays away with older friends.",
            view="They are my mates.",
            agrees=True,
        ),
    ),
    parents=(DemoParent("Nerys Kettlewell", words="I cannot reach him any more."),),
    what="Idris has a second phone and new trainers, and was out until two on three nights.",
    worried="Older boys may be using him.",
)
ANSWERED = DemoReferral(
    key="answered",
    author="healthvisitor",
    hours_ago=260,
    children=(
        DemoChild(
            "Maeve",
            "Dunstan",
            "2024-08-19",
            sex="female",
            descriptors=_HYGIENE,
            because="Two missed reviews, and no change.",
            school="",
        ),
    ),
    parents=(DemoParent("Orla Dunstan", words="If you think so."),),
    what="Maeve has severe nappy rash again, and two reviews were missed.",
    worried="Her mother has nobody to help her.",
)
WITHDRAWN = DemoReferral(
    key="withdrawn",
    author="officer",
    hours_ago=75,
    children=(
        DemoChild(
            "Bram",
            "Ellwood",
            "2014-10-03",
            sex="male",
            harm="suspected",
            harm_what="As in our first referral.",
            circumstances=("physical_abuse",),
            descriptors=_BRUISE,
            judged="acute",
            because="Sent a second time by mistake.",
        ),
    ),
    parents=(DemoParent("Curtis Ellwood", "father", said="not_sought"),),
    what="The same as was sent the day before.",
    worried="As before.",
)
MOVED = DemoReferral(
    key="moved",
    author="healthvisitor",
    hours_ago=5,
    children=(
        DemoChild(
            "Nell",
            "Brandreth",
            "2023-03-11",
            sex="female",
            descriptors=_HYGIENE,
            because="Two missed reviews, and she is losing weight.",
        ),
    ),
    parents=(DemoParent("Hester Brandreth", words="We are staying with my sister for now."),),
    what="Nell was not brought twice. Her mother now says on the phone that they have moved in with an aunt.",
    worried="Nobody who knows Nell sees her any more.",
)
SEND_NOW = DemoReferral(
    key="send-now",
    author="teacher",
    hours_ago=0.7,
    kind="send_now",
    children=(DemoChild("Zia", "Hartnell", "2012", harm="yes"),),
    what="Zia is afraid to go home today. Her uncle waits at the gate, and she says that he will take her away.",
    rang=_RANG,
)
PASSES_THE_DESK = DemoReferral(
    key="passes-the-desk",
    author="teacher",
    hours_ago=28,
    about_desk="yes",
    children=(
        DemoChild(
            "Wilf",
            "Ashcombe",
            "2011-05-06",
            sex="male",
            harm="suspected",
            harm_what="He was held by the arms and shouted at.",
            circumstances=("physical_abuse",),
            descriptors=_BRUISE,
            judged="acute",
            because="It is about a colleague.",
            view="He always picks on me.",
        ),
    ),
    parents=(DemoParent("Judith Ashcombe", words="I want it looked into."),),
    what="A colleague held Wilf by the arms and shouted at him. Two pupils saw it.",
    worried="It may happen again, to him or to others.",
    alleged={
        "alleged": "yes",
        "alleged_who": "A colleague at school",
        "alleged_works_with_children": "yes",
        "alleged_workplace": "Wrekin Vale Academy",
        "alleged_area": "telford-and-wrekin",
        "alleged_contact": "yes",
    },
    rang=_RANG,
)
