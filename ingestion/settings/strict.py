"""What every part of mops.yaml is made of: models that refuse unknown keys, texts of a form, the channels' names."""

import re
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator


class Strict(BaseModel):
    """Unknown keys are refused; numbers are taken where text is meant, since YAML reads `version: 1` as a number."""

    model_config = ConfigDict(extra="forbid", frozen=True, coerce_numbers_to_str=True)

    @model_validator(mode="before")
    @classmethod
    def _may_be_empty(cls, told: Any) -> Any:
        """`hubspot:` with nothing under it is a source with nothing to say of it."""
        return {} if told is None else told


def form(pattern: str, words: str) -> AfterValidator:
    """A text of this pattern, as a whole; the words say which is wanted."""

    def check(text: str) -> str:
        if not re.fullmatch(pattern, text):
            raise ValueError(f"must be {words}")
        return text

    return AfterValidator(check)


# Money, at most what the warehouse's decimal(18, 2) holds.
Amount = Annotated[Decimal, Field(ge=0, lt=10**16)]


# The GA4 default channel groups, as DEFINITIONS orders them.
Channel = Literal[
    "AI Assistant", "Direct", "Cross-network", "Paid Shopping", "Paid Search", "Paid Social", "Paid Video", "Display",
    "Paid Other", "Organic Shopping", "Organic Social", "Organic Video", "Organic Search", "Referral", "Email",
    "Affiliates", "Audio", "SMS", "Mobile Push", "Unassigned",
]  # fmt: skip
