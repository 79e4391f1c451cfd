"""The company's own port says where everything is, and what is true."""

from pathlib import Path

import requests


def test_the_index_names_every_vendor_and_file(sandbox: dict) -> None:
    index = requests.get(sandbox["url"]).json()
    assert index["as_of"] == "2026-06-30"
    assert set(index["vendors"]) >= {"hubspot", "mailchimp", "google_ads", "ga4"}
    assert all(vendor["base_url"].startswith("http://127.0.0.1:") for vendor in index["vendors"].values())
    assert Path(index["files"]["fx_rates"]).is_file()
    assert Path(index["files"]["ga4_export"]).is_dir()


def test_the_truth_is_served_by_name(sandbox: dict) -> None:
    assert requests.get(f"{sandbox['url']}/truth/people").json()[0].keys() >= {"person", "identities"}
    assert requests.get(f"{sandbox['url']}/truth/nothing").status_code == 404
