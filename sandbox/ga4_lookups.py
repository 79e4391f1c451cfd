"""What rows of GA4's export share: structs made once per source, device or place, taken by code for each event."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyarrow as pa

from sandbox import ga4_schema as schema
from sandbox.ad_accounts import ACCOUNTS, CAMPAIGNS
from sandbox.web_sources import AUTO_TAGGED, Sources

HOST = "www.northwind-labs.example"
SITE = f"https://{HOST}"
_DEVICES = pd.DataFrame(
    [
        ("desktop", "Windows", "Chrome"),
        ("mobile", "iOS", "Safari"),
        ("mobile", "Android", "Chrome"),
        ("tablet", "iOS", "Safari"),
    ],
    columns=["category", "operating_system", "browser"],
)
_PLACES = pd.DataFrame(
    [
        ("Germany", "Europe", "Western Europe"),
        ("Austria", "Europe", "Western Europe"),
        ("United States", "Americas", "Northern America"),
        ("United Kingdom", "Europe", "Northern Europe"),
        ("Romania", "Europe", "Eastern Europe"),
    ],
    columns=["country", "continent", "sub_continent"],
)
_CONSENTS = pd.DataFrame(
    {"analytics_storage": ["No", "Yes"], "ads_storage": ["No", "Yes"], "uses_transient_token": "No"}
)
_DEVICE_EDGES, _PLACE_EDGES = [0.6, 0.8, 0.96], [0.55, 0.65, 0.8, 0.92]


@dataclass(frozen=True)
class Lookups:
    """By source (row of Sources.table): the flags, texts and structs; by code: devices, places, consents (no, yes)."""

    has_gclid: np.ndarray
    is_tagged: np.ndarray  # the landing page's address has UTM tags
    is_named: np.ndarray  # GA4 collects source and medium itself: everything but direct and auto-tagged
    tags: np.ndarray
    texts: pd.DataFrame  # source medium campaign content referrer
    last_click: pa.StructArray
    first_touch: pa.StructArray
    devices: pa.StructArray
    places: pa.StructArray
    consents: pa.StructArray


def look_up(sources: Sources) -> Lookups:
    """The lookups of a company's sources."""
    table = sources.table
    is_auto = table["channel"].isin(AUTO_TAGGED)
    tags = "utm_source=" + table["source"] + "&utm_medium=" + table["medium"]
    tags += "&utm_campaign=" + table["campaign"] + "&utm_content=" + table["content"]
    shown = table[["source", "medium"]].assign(name=table["campaign"])
    shown = shown.where(
        shown != "", pd.DataFrame({"source": "(direct)", "medium": "(none)", "name": "(not set)"}, table.index)
    )
    return Lookups(
        has_gclid=table["has_gclid"].to_numpy(dtype=bool),
        is_tagged=((table["campaign"] != "") & ~is_auto).to_numpy(),
        is_named=((table["source"] != "") & ~is_auto).to_numpy(),
        tags=tags.to_numpy(dtype=object),
        texts=table[["source", "medium", "campaign", "content", "referrer"]],
        last_click=_last_click(table),
        first_touch=struct(schema.TRAFFIC_SOURCE, shown),
        devices=_devices(),
        places=struct(schema.SCHEMA.field("geo").type, _PLACES),
        consents=struct(schema.SCHEMA.field("privacy_info").type, _CONSENTS),
    )


def texts_or_null(column: pd.Series) -> pa.Array:
    """Texts, null where empty."""
    texts = column.to_numpy(dtype=object)
    return pa.array(texts, pa.string(), mask=texts == "")


def struct(kind: pa.StructType, columns: pd.DataFrame) -> pa.StructArray:
    """A struct of texts (null where empty) from the columns that it has; its other fields are null."""
    fields = [
        texts_or_null(columns[field.name]) if field.name in columns else pa.nulls(len(columns), field.type)
        for field in kind
    ]
    return pa.StructArray.from_arrays(fields, fields=list(kind))


def _last_click(table: pd.DataFrame) -> pa.StructArray:
    """session_traffic_source_last_click of each source."""
    own = table.rename(columns={"campaign": "campaign_name"})
    campaigns = CAMPAIGNS.set_index("id")
    ad_id = table["ad_campaign_id"]
    account = ad_id.map(campaigns["account_id"])
    ad = pd.DataFrame(
        {
            "customer_id": account.fillna(0).astype("int64").astype(str).where(ad_id > 0, ""),
            "account_name": account.map(ACCOUNTS.set_index("id")["name"]).fillna(""),
            "campaign_id": ad_id.astype(str).where(ad_id > 0, ""),
            "campaign_name": ad_id.map(campaigns["name"]).fillna(""),
        }
    )
    direct = own["source"] == ""
    seen = own.assign(source=own["source"].mask(direct, "(direct)"), medium=own["medium"].mask(direct, "(none)"))
    seen["default_channel_group"] = own["channel"]
    kinds = [field.type for field in schema.LAST_CLICK]
    parts = [struct(kind, frame) for kind, frame in zip(kinds, (own, ad, seen), strict=True)]
    return pa.StructArray.from_arrays(parts, fields=list(schema.LAST_CLICK))


def _devices() -> pa.StructArray:
    """The device column's values."""
    kind = schema.SCHEMA.field("device").type
    flat = struct(pa.struct(list(kind)[:-1]), _DEVICES.assign(language="de"))
    web = struct(kind.field("web_info").type, _DEVICES.assign(hostname=HOST))
    return pa.StructArray.from_arrays([*flat.flatten(), web], fields=list(kind))


def device_codes(chance: np.ndarray) -> np.ndarray:
    """Positions in Lookups.devices."""
    return np.searchsorted(_DEVICE_EDGES, chance)


def place_codes(chance: np.ndarray) -> np.ndarray:
    """Positions in Lookups.places."""
    return np.searchsorted(_PLACE_EDGES, chance)
