"""The five planted personas, and what may stand in the columns of a profile."""

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
    """

    name: str
    share: float
    means: tuple[float, ...]
    weights: dict[str, tuple[float, ...]]
    interests: tuple[str, ...]


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
    ),
)
