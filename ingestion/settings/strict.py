"""The base of all parts of mops.yaml: a key that nothing reads is an error, since it would be a wish without effect."""

from pydantic import BaseModel, ConfigDict


class Strict(BaseModel):
    """Unknown keys are refused; numbers are taken where text is meant, since YAML reads `version: 1` as a number."""

    model_config = ConfigDict(extra="forbid", frozen=True, coerce_numbers_to_str=True)
