"""The people: names, spellings, addresses, phones, employers. Row i is person i + 1; what they do is in journeys.py."""

import numpy as np
import pandas as pd
from numpy.random import Generator

from sandbox.chance import choose, pick
from sandbox.clock import NEVER


def words(text: str) -> list[str]:
    """The words of a text."""
    return text.split()


_FIRST = words("""
    Anna Ben Clara David Elena Felix Greta Hannes Ioana Jan Katja Lukas Maria Noah Olga Paul Ramona Stefan Tina Ulrich
    Vera Walter Yasmin Zoe Mihai Andreea Ana Emily James Sophie Oliver Charlotte Henry Grace Liam Nora Jürgen Björn
""")
_LAST = words("""
    Müller Schmidt Schneider Fischer Weber Meyer Wagner Becker Schulz Hoffmann Koch Richter Klein Wolf Schröder Neumann
    Schwarz Zimmermann Braun Krüger Hofmann Hartmann Lange Werner Popescu Ionescu Smith Jones Taylor Brown Wilson
    Evans Johnson Walker Martin Dubois Moreau Rossi Novak Jansen Böhm Groß Weiß Kühn
""")
_NICK = {"Anna": "Annie", "David": "Dave", "Maria": "Mia", "Stefan": "Steve", "James": "Jim", "Henry": "Harry"}
_PLAIN = str.maketrans({"ü": "ue", "ö": "oe", "ä": "ae", "ß": "ss"})
_TRADES = words("Logistik Software Maschinenbau Analytics Energie Medien Consulting Handel Systems Robotics Textil")
_STEMS = words("Nord Alpen Rhein Elbe Blau Stern Fuchs Adler Linden Berg Hafen Tal Morgen Silber Wald Nova Orbit")
_FREE_MAIL = ["freemail.example", "postbox.example", "webmail.example"]
_JOBS = ["Marketing Manager", "Head of Sales", "CTO", "Data Analyst", "CEO", "Operations Lead", "Buyer", ""]
_COUNTRIES = ["Germany", "Austria", "Switzerland", "United States", "United Kingdom", "Romania", "France"]
_COUNTRY_WEIGHTS = [0.5, 0.08, 0.08, 0.14, 0.1, 0.06, 0.04]
_INDUSTRIES = [
    "COMPUTER_SOFTWARE",
    "LOGISTICS_AND_SUPPLY_CHAIN",
    "MACHINERY",
    "RETAIL",
    "MEDIA_PRODUCTION",
    "UTILITIES",
]
PEOPLE_PER_EMPLOYER = 5


def found_employers(rng: Generator, count: int) -> pd.DataFrame:
    """Employers: name, domain (unique), industry, country, phone (their switchboard)."""
    stem, trade = choose(rng, _STEMS, [1] * len(_STEMS), count), choose(rng, _TRADES, [1] * len(_TRADES), count)
    number = np.arange(1, count + 1).astype(str).astype(object)
    domain = [f"{a}-{b}-{n}.example".lower() for a, b, n in zip(stem, trade, number, strict=True)]
    legal = choose(rng, [" GmbH", " AG", " Ltd", " Inc", " SRL"], [5, 2, 2, 2, 1], count)
    return pd.DataFrame(
        {
            "name": stem + " " + trade + " " + number + legal,
            "domain": domain,
            "industry": choose(rng, _INDUSTRIES, [3, 2, 2, 2, 1, 1], count),
            "country": choose(rng, _COUNTRIES, _COUNTRY_WEIGHTS, count),
            "phone": _phones(30, count),
        }
    )


def _phones(area: int, count: int) -> list[str]:
    """Phone numbers of an area, none twice (the step is coprime to the number of numbers)."""
    numbers = 1_000_000 + np.arange(count) * 7_368_787 % 8_999_993
    return [f"+49 {area} {number}" for number in numbers]


def _addresses(rng: Generator, first: np.ndarray, last: np.ndarray, domain: np.ndarray) -> pd.Series:
    """E-mail addresses in a few fashions, all different."""
    fashion = pick(rng, [5, 2, 2], len(first))
    local = [
        (f"{a}.{b}", f"{a[0]}.{b}", f"{a}{b}")[kind].lower().translate(_PLAIN)
        for a, b, kind in zip(first, last, fashion, strict=True)
    ]
    frame = pd.DataFrame({"local": local, "domain": domain})
    repeat = frame.groupby(["local", "domain"]).cumcount()
    suffix = np.where(repeat > 0, (repeat + 1).astype(str), "")
    return frame["local"] + suffix + "@" + frame["domain"]


def meet_people(rng: Generator, count: int, employers: pd.DataFrame) -> pd.DataFrame:
    """People: first, last, other_first, other_last (how a second record spells them), email, other_email, phone, job,
    country, employer (row of `employers`, -1 for none), types_capitals (writes the address with capitals),
    gives_phone (whoever records them has the number)."""
    first, last = choose(rng, _FIRST, [1] * len(_FIRST), count), choose(rng, _LAST, [1] * len(_LAST), count)
    employer = np.where(rng.random(count) < 0.8, rng.integers(0, len(employers), count), -1)
    has_work_address = (employer >= 0) & (rng.random(count) < 0.9)
    domains = employers["domain"].to_numpy(dtype=object)
    domain = np.where(has_work_address, domains[employer], choose(rng, _FREE_MAIL, [3, 2, 1], count))
    private = choose(rng, ["mail.example", "inbox.example"], [1, 1], count)
    switchboard = employers["phone"].to_numpy(dtype=object)[employer]
    uses_switchboard = (employer >= 0) & (rng.random(count) < 0.05)
    country = np.where(
        employer >= 0,
        employers["country"].to_numpy(dtype=object)[employer],
        choose(rng, _COUNTRIES, _COUNTRY_WEIGHTS, count),
    )
    return pd.DataFrame(
        {
            "first": first,
            "last": last,
            "other_first": [_NICK.get(name, name[0] + ".") for name in first],
            "other_last": [name.translate(_PLAIN) for name in last],
            "email": _addresses(rng, first, last, domain),
            "other_email": _addresses(rng, first, last, private),
            "phone": np.where(uses_switchboard, switchboard, _phones(40, count)),
            "job": choose(rng, _JOBS, [3, 2, 1, 2, 1, 2, 1, 2], count),
            "country": country,
            "employer": employer,
            "types_capitals": rng.random(count) < 0.15,
            "gives_phone": rng.random(count) < 0.8,
        }
    )


def find_colleagues(people: pd.DataFrame, journeys: pd.DataFrame, duplicates: pd.DataFrame) -> np.ndarray:
    """For each person the next of the same employer to get into the CRM; 0 where none, or where one has a duplicate."""
    order = np.lexsort((journeys["crm_at"], people["employer"]))
    employer = people["employer"].to_numpy()[order]
    is_single = (duplicates["twin_at"] == NEVER).to_numpy()[order]
    follows = (employer[1:] == employer[:-1]) & (employer[:-1] >= 0) & is_single[1:] & is_single[:-1]
    colleagues = np.zeros(len(people), dtype=np.int64)
    colleagues[order[:-1][follows]] = order[1:][follows] + 1
    return colleagues
