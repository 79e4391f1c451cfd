"""google-analytics-data reads the report over its REST transport, in pages."""

from google.analytics.data_v1beta import BetaAnalyticsDataClient
from google.analytics.data_v1beta.services.beta_analytics_data.transports.rest import BetaAnalyticsDataRestTransport
from google.analytics.data_v1beta.types import DateRange, Dimension, Metric, OrderBy, RunReportRequest
from google.auth.exceptions import RefreshError
from google.oauth2.credentials import Credentials

REFUSED = RefreshError
LIMIT = 100


def read(url: str, credentials: dict) -> dict[str, list[dict]]:
    granted = Credentials(
        None, **{name: credentials[name] for name in ("client_id", "client_secret", "refresh_token", "token_uri")}
    )
    host = url.removeprefix("http://")
    client = BetaAnalyticsDataClient(
        transport=BetaAnalyticsDataRestTransport(host=host, url_scheme="http", credentials=granted)
    )
    rows: list = []
    while True:
        report = client.run_report(request(credentials["property_id"], offset=len(rows)))
        rows += report.rows
        if len(rows) >= report.row_count:
            return {"daily_channel_report": [key(credentials["property_id"], row) for row in rows]}


def request(property_id: str, offset: int) -> RunReportRequest:
    return RunReportRequest(
        property=f"properties/{property_id}",
        date_ranges=[DateRange(start_date="2026-01-01", end_date="2026-12-31")],
        dimensions=[Dimension(name="date"), Dimension(name="sessionDefaultChannelGroup")],
        metrics=[Metric(name="sessions"), Metric(name="keyEvents"), Metric(name="totalRevenue")],
        order_bys=[
            OrderBy(dimension=OrderBy.DimensionOrderBy(dimension_name=name))
            for name in ("date", "sessionDefaultChannelGroup")
        ],
        limit=LIMIT,
        offset=offset,
    )


def key(property_id: str, row) -> dict:
    day, channel = (each.value for each in row.dimension_values)
    return {
        "property_id": property_id,
        "date": f"{day[:4]}-{day[4:6]}-{day[6:]}",
        "session_default_channel_group": channel,
    }
