"""The five planted personas: what they answer, who they are online, what they do."""

from dataclasses import dataclass

# Header: lowest value, highest value, decimals.
NUMBERS = {
    "Time Spent Online (hrs/weekday)": (0.5, 5, 1),
    "Time Spent Online (hrs/weekend)": (1, 8, 1),
    "Likes and Reactions": (110, 9970, 0),
    "Followed Accounts": (10, 495, 0),
    "Click-Through Rates (CTR)": (0, 0.25, 3),
    "Ad Interaction Time (sec)": (5, 175, 0),
    "Conversion Rates": (0, 0.1, 3),
}

ANSWERS = {
    "Age": ("18-24", "25-34", "35-44", "45-54", "55-64", "65+"),
    "Income Level": ("0-20k", "20k-40k", "40k-60k", "60k-80k", "80k-100k", "100k+"),
    "Education Level": ("High School", "Technical", "Bachelor", "Master", "PhD"),
    "Location": ("Urban", "Suburban", "Rural"),
    "Device Usage": ("Mobile Only", "Desktop Only", "Mobile + Desktop", "Tablet"),
    "Gender": ("Female", "Male"),
    "Language": ("English", "Hindi", "Mandarin", "Spanish"),
}

INTERESTS = (
    "Data Science",
    "Gaming",
    "Software Engineering",
    "Digital Marketing",
    "Investing and Finance",
    "DIY Crafts",
    "Gardening",
    "Gourmet Cooking",
    "Pet Care",
    "Eco-Friendly Living",
    "Fitness and Wellness",
    "Travel and Adventure",
    "Fashion Modelling",
    "Music Production",
    "Photography",
    "Reading and Literature",
)
MOST_INTERESTS = 4  # a user names one to four
PREFERENCE = 15.0  # a preferred interest is this many times as likely to be named next


CHANNELS = ("web", "app", "social")


@dataclass(frozen=True)
class Habits:
    """What the users of one persona do, as the logs show it; all are means.

    Attributes
    ----------
    sessions_per_week
        Sessions, above 0.
    events_per_session
        Events in a session, at least 1.
    minutes_between_events
        Minutes from one event of a session to the next, above 0.
    channels
        Share of the sessions in each of `CHANNELS`; they add up to 1.
    night_share, weekend_share
        Share of the sessions that begin from 22:00 to 06:00, and on a Saturday or a
        Sunday, above 0 and below 1.
    trend
        How much more goes on at the end of the period than in the middle of it, -1 to
        1: at 0 as much, below 0 less.
    buyer_share
        Share of the users who ever buy, 0 to 1.
    orders
        Orders of a buyer over the whole period.
    order_value_eur
        Median amount of an order.
    refund_share
        Share of the orders that are paid back, whole or in part, 0 to 1.
    """

    sessions_per_week: float
    events_per_session: float
    minutes_between_events: float
    channels: tuple[float, ...]
    night_share: float
    weekend_share: float
    trend: float
    buyer_share: float
    orders: float
    order_value_eur: float
    refund_share: float


@dataclass(frozen=True)
class Persona:
    """What the users of one persona have in common.

    Attributes
    ----------
    name
        Name in the truth file, snake_case.
    share
        Share of all users that are not background, 0 to 1.
    means
        Mean of each number, in the order of `NUMBERS`, as a position between its
        lowest (0) and highest (1) value.
    weights
        Header to relative weights, in the order of its `ANSWERS`. A header that is
        left out is noise: all its answers are equally likely.
    interests
        Preferred interests.
    habits
        What its users do.
    """

    name: str
    share: float
    means: tuple[float, ...]
    weights: dict[str, tuple[float, ...]]
    interests: tuple[str, ...]
    habits: Habits


# The means are, in this order: weekday hours, weekend hours, likes, follows,
# click-through, ad seconds, conversion. Gender and language stand in no persona:
# they must never explain a segment.
PERSONAS = (
    Persona(  # at the desk all week, blind to ads
        name="desk_technologist",
        share=0.22,
        means=(0.75, 0.30, 0.30, 0.50, 0.25, 0.20, 0.20),
        weights={
            "Age": (3, 4, 3, 2, 2, 1),
            "Income Level": (1, 1, 2, 3, 4, 4),
            "Education Level": (1, 2, 3, 4, 3),
            "Location": (5, 3, 1),
            "Device Usage": (1, 8, 2, 1),
        },
        interests=("Data Science", "Gaming", "Software Engineering"),
        habits=Habits(
            sessions_per_week=0.5,
            events_per_session=4.5,
            minutes_between_events=2.0,
            channels=(0.70, 0.15, 0.15),
            night_share=0.35,
            weekend_share=0.15,
            trend=0.0,
            buyer_share=0.5,
            orders=1.5,
            order_value_eur=90,
            refund_share=0.08,
        ),
    ),
    Persona(  # short visits, wide network, quick to click and to buy
        name="career_networker",
        share=0.18,
        means=(0.35, 0.25, 0.60, 0.85, 0.70, 0.25, 0.75),
        weights={
            "Age": (2, 3, 4, 3, 2, 1),
            "Income Level": (1, 1, 2, 3, 4, 5),
            "Education Level": (1, 1, 4, 4, 2),
            "Location": (5, 3, 1),
            "Device Usage": (1, 1, 8, 1),
        },
        interests=(
            "Digital Marketing",
            "Investing and Finance",
            "Software Engineering",
        ),
        habits=Habits(
            sessions_per_week=0.65,
            events_per_session=2.2,
            minutes_between_events=1.0,
            channels=(0.35, 0.40, 0.25),
            night_share=0.08,
            weekend_share=0.12,
            trend=0.3,
            buyer_share=0.9,
            orders=3.5,
            order_value_eur=60,
            refund_share=0.05,
        ),
    ),
    Persona(  # weekends, watches ads to the end and buys
        name="weekend_homemaker",
        share=0.24,
        means=(0.30, 0.75, 0.35, 0.20, 0.65, 0.80, 0.60),
        weights={
            "Age": (1, 2, 3, 3, 3, 2),
            "Income Level": (2, 4, 4, 3, 2, 1),
            "Education Level": (4, 4, 3, 1, 1),
            "Location": (1, 6, 2),
            "Device Usage": (2, 1, 1, 8),
        },
        interests=("DIY Crafts", "Gardening", "Gourmet Cooking"),
        habits=Habits(
            sessions_per_week=0.32,
            events_per_session=5.0,
            minutes_between_events=3.0,
            channels=(0.45, 0.40, 0.15),
            night_share=0.1,
            weekend_share=0.65,
            trend=0.1,
            buyer_share=0.85,
            orders=3.0,
            order_value_eur=35,
            refund_share=0.12,
        ),
    ),
    Persona(  # seldom online, seldom clicks
        name="outdoor_minimalist",
        share=0.20,
        means=(0.20, 0.30, 0.25, 0.15, 0.25, 0.35, 0.35),
        weights={
            "Age": (2, 3, 3, 3, 2, 2),
            "Income Level": (1, 3, 4, 4, 2, 1),
            "Education Level": (2, 4, 4, 2, 1),
            "Location": (1, 2, 6),
            "Device Usage": (8, 1, 1, 2),
        },
        interests=(
            "Eco-Friendly Living",
            "Fitness and Wellness",
            "Travel and Adventure",
        ),
        habits=Habits(
            sessions_per_week=0.22,
            events_per_session=2.2,
            minutes_between_events=1.5,
            channels=(0.25, 0.60, 0.15),
            night_share=0.08,
            weekend_share=0.3,
            trend=-0.3,
            buyer_share=0.4,
            orders=1.2,
            order_value_eur=70,
            refund_share=0.05,
        ),
    ),
    Persona(  # always online, likes and follows everything
        name="social_creative",
        share=0.16,
        means=(0.65, 0.75, 0.75, 0.80, 0.40, 0.80, 0.40),
        weights={
            "Age": (4, 3, 2, 2, 1, 1),
            "Income Level": (4, 4, 3, 2, 1, 1),
            "Education Level": (4, 2, 3, 2, 1),
            "Location": (6, 2, 1),
            "Device Usage": (6, 1, 4, 1),
        },
        interests=("Fashion Modelling", "Music Production", "Photography"),
        habits=Habits(
            sessions_per_week=0.75,
            events_per_session=4.0,
            minutes_between_events=2.5,
            channels=(0.10, 0.30, 0.60),
            night_share=0.35,
            weekend_share=0.4,
            trend=0.2,
            buyer_share=0.5,
            orders=2.0,
            order_value_eur=22,
            refund_share=0.2,
        ),
    ),
)

BACKGROUND = len(PERSONAS)  # the background's number, after those of the personas
