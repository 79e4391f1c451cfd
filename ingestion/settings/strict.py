"""What every part of mops.yaml is made of: models that refuse unknown keys, and the channels' names."""

from typing import Literal

from pydantic import BaseModel, ConfigDict


class Strict(BaseModel):
    """Unknown keys are refused; numbers are taken where text is meant, since YAML reads `version: 1` as a number."""

    model_config = ConfigDict(extra="forbid", frozen=True, coerce_numbers_to_str=True)


# The GA4 default channel groups, as DEFINITIONS orders them.
Channel = Literal[
    "AI Assistant", "Direct", "Cross-network", "Paid Shopping", "Paid Search", "Paid Social", "Paid Video", "Display",
    "Paid Other", "Organic Shopping", "Organic Social", "Organic Video", "Organic Search", "Referral", "Email",
    "Affiliates", "Audio", "SMS", "Mobile Push", "Unassigned",
]  # fmt: skip
