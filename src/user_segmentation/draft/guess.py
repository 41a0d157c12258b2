"""What a column is taken for."""

from dataclasses import dataclass, field


@dataclass
class Guess:
    """What a column is taken for, and why.

    Parameters
    ----------
    name : str
        Its header.
    kind : str
        The type that is declared.
    why : str
        One line for people.
    remarks : list of str
        The same of what follows from it, a few words each.
    notes : list of str
        Sentences for people who read the declaration.
    meta : dict
        Further keys of the declaration, in the order in which they are written.
    number : str
        SQL of the number that it is, where it is one.
    """

    name: str
    kind: str
    why: str
    remarks: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    meta: dict = field(default_factory=dict)
    number: str | None = None
    text: str = ""
    default_name: str = ""
    sql_name: str = ""
    label: str = ""
    unit: str = ""
    missing_share: float = 0.0
    missing_texts: list[str] = field(default_factory=list)
    is_protected: bool = False
    feature: dict | None = None
    words: dict | None = None
    flags: dict | None = None
    count: dict | None = None
    low: float | None = None
    high: float | None = None
    answers: dict | None = None

    def note(self, remark, sentence):
        """Add something that follows, in short and in full.

        Parameters
        ----------
        remark, sentence : str
        """
        self.remarks.append(remark)
        self.notes.append(sentence)

    @property
    def forms_segments(self):
        """Whether it has a feature that is part of a basis."""
        return (
            self.feature is not None
            and not self.is_protected
            and "role" not in self.feature
        )
