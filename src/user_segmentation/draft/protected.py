"""Names of columns that the law or decency keeps out of segments."""

from user_segmentation.draft.labels import name_words

PROTECTED = {
    "age": "age agegroup ageband birth born birthday birthdate birthyear yob dob "
    "yearofbirth dateofbirth geburtsdatum geburtsjahr alter edad",
    "sex": "sex gender geschlecht sexe genero sexo pronoun pronouns",
    "origin": "ethnicity ethnic race racial nationality citizenship migrant "
    "nationalitat nationalite",
    "religion": "religion religious faith church confession",
    "health": "health disease diagnosis disability disabled illness medical pregnant "
    "pregnancy bmi",
    "orientation": "orientation sexual sexuality lgbt lgbtq",
    "marital status": "marital marriage married spouse familienstand",
    "politics": "political politics",
}
KINDS = {word: kind for kind, words in PROTECTED.items() for word in words.split()}


def protected_kind(name):
    """What a name says of a person that may form no segments, or None.

    Parameters
    ----------
    name : str

    Returns
    -------
    str or None
    """
    return next((KINDS[word] for word in name_words(name) if word in KINDS), None)
