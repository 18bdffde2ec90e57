"""One invented referral in which every part of the form is answered. Nobody in it exists; numbers are those for drama
and those that registers keep for tests."""

from referrals.casework.demo.writing import DemoChild, DemoParent, DemoReferral

_BRUISE = (("tw-acute-002", "A hand-shaped bruise on the upper arm, seen by two of us."),)

DECIDED = DemoReferral(
    key="decided",
    author="officer",
    hours_ago=100,
    asks_for="protect",
    reason="A hand-shaped bruise on Bram that nobody explains, and a second child in the same home.",
    children=(
        DemoChild(
            "Bram",
            "Ellwood",
            "2014-10-03",
            sex="male",
            harm="suspected",
            harm_what="A hand-shaped bruise.",
            circumstances=("physical_abuse", "missing"),
            descriptors=_BRUISE,
            judged="acute",
            because="The mark doesn't fit what was said.",
            view="It was my fault.",
            pages={
                "child-about": {"known_as": "Bramble"},
                "child-identity": {"ethnic_group": "mixed", "ethnicity_mixed": "MWBC", "religion": "none"},
                "child-needs": {
                    "disabled": "yes",
                    "disabilities": ["HEAR", "COMM"],
                    "disability": "Hearing loss in both ears, with aids since he was four.",
                    "ehcp": "yes",
                    "communication": "Speech, face to face and in a quiet room.",
                    "language": "English",
                },
                "child-care": {"cared_by": "parent", "immigration": "no"},
                "child-school": {"school_urn": "999001", "upn": "H801200001001"},
                "child-services": {"gp": "Invented Lane Surgery", "nhs_number": "999 000 0018"},
                "harm": {"injured": "yes"},
                "injuries": {
                    "body": [
                        {"id": "front-left-upper-arm", "words": "Four oval marks in a row, purple, each about 2 cm."},
                        {"id": "back-left-upper-arm", "words": "One oval mark, purple, 2 cm: like a thumb."},
                        {"id": "front-left-cheek", "words": "A yellow bruise, fading, about 1 cm."},
                    ],
                    "injury": "Bram: I fell off my bike. His father, on the phone: he bruises easily.",
                    "injury_on": "2026-10",
                    "injury_seen_by": "Two officers, when he was picked up in town.",
                    "injury_doctor": "no",
                },
                "missing": {
                    "missing_now": "no",
                    "missing_episodes": [
                        {"since": "2026-10-02", "until": "2026-10-03", "where": "At a friend's, he says."},
                        {"since": "2026-09", "where": "Not known"},
                    ],
                },
            },
        ),
        DemoChild(
            "Tilda",
            "Ellwood",
            "2020-07",
            sex="female",
            harm="not_sure",
            harm_what="She lives in the same home.",
            because="Nothing was seen on her.",
            judged="complex",
            view="Bram got told off.",
            school="Invented Green Primary School",
            pages={"child-identity": {"ethnic_group": "mixed", "ethnicity_mixed": "MWBC"}},
        ),
    ),
    parents=(
        DemoParent(
            "Curtis Ellwood",
            "father",
            said="not_sought",
            pages={
                "member-about": {"born": "1986", "works_with_children": "no"},
                "member-more": {"sex": "male", "phone": "07700 900417", "language": "English", "interpreter": "no"},
            },
        ),
        DemoParent(
            "Marva Ellwood",
            "mother",
            said="not_sought",
            pages={
                "member-about": {"in_home": "no", "contact": "Her sister's, in Shrewsbury"},
                "member-more": {"sex": "female", "phone": "07700 900632", "ethnic_group": "black"},
            },
        ),
    ),
    what="A bruise on Bram's arm in the shape of a hand, seen when he was picked up in town.",
    worried="Somebody at home hits him.",
    rang={
        "rang": "yes",
        "rang_whom": "Family Connect, the duty worker",
        "rang_by": "I did",
        "rang_advice": "To write it down and send it today.",
        "rang_police": "no",
    },
    alleged={
        "alleged": "yes",
        "alleged_who": "Curtis Ellwood, his father. Bram looks away when he is named.",
        "alleged_works_with_children": "no",
        "alleged_contact": "yes",
        "alleged_others": [{"who": "A friend of his father's, name not known", "works": "not_known", "reach": "yes"}],
    },
    pages={
        "referrer": {
            "referrer_relationship": "Met Bram twice this month, on patrol.",
            "referrer_best_time": "Before 3pm on weekdays.",
            "referrer_stand_in": "The duty sergeant, 01632 960305",
        },
        "household": {"siblings_elsewhere": "no", "regular_visitors": "A friend of the father's, most weekends."},
        "previous-addresses": {
            "previous_addresses": [
                {
                    "where": "8 Invented Row, Wakefield",
                    "since": "2019",
                    "until": "2023-06",
                    "why": "All four lived there. They moved for work.",
                }
            ]
        },
        "agencies": {
            "agencies_not_known": "",
            "agencies": [
                {
                    "agency": "Wrekin Vale Academy",
                    "worker": "Pastoral lead, for Bram",
                    "contact": "01632 960240",
                    "leads": "yes",
                },
                {"agency": "Audiology clinic", "worker": "For Bram", "contact": "01632 960251", "leads": "no"},
            ],
            "team_around": "no",
        },
        "orders": {"court_orders": "None that we know of.", "plans": ["none"]},
        "chronology": {
            "chronology": [
                {
                    "on": "2026-10-02",
                    "event": "Reported missing by his mother at 11pm; found at 7am.",
                    "told_by": "Police log",
                    "recorded": "2026-10-02",
                },
                {
                    "on": "2026-03",
                    "event": "A neighbour rang about shouting. Nobody opened.",
                    "told_by": "A neighbour",
                    "recorded": "2026-03-14",
                },
            ]
        },
        "home-life": {
            "adults_have_not_known": "",
            "adults_have": ["domestic_abuse_before", "substances"],
            "adults_detail": "The parents parted after the police came in spring. His father drinks at weekends.",
        },
        "domestic-abuse": {"dash": "yes", "dash_on": "2026-03-15", "dash_score": "9", "marac": "no"},
        "family-view": {
            "parents_view_not_known": "",
            "parents_view": "His mother fears for him at weekends. His father has not been asked.",
            "parents_want": "His mother wants the children to stay with her.",
        },
        "scaling": {
            "scaling": [
                {"who": "I, the officer", "score": "3", "why": "He is at home with his father tonight."},
                {"who": "His mother", "score": "4", "why": "His aunt looks in."},
            ]
        },
        "early-help": {
            "eha_done": "yes",
            "eha_on": "2025-11",
            "eha_when": "His school led it. It ended when the parents parted.",
        },
    },
)
