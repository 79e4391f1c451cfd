"""Puts together a View: what every vendor can show at one as-of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sandbox import platform_accounts, platform_ads
from sandbox.ad_accounts import ACCOUNTS
from sandbox.ads import campaigns_at, hours_at
from sandbox.amplitude_events import amplitude_at
from sandbox.billing import billing_at
from sandbox.chats import chats_at
from sandbox.clock import DAY
from sandbox.crm import crm_at
from sandbox.ga4_report import daily_at
from sandbox.mail_views import mail_at
from sandbox.programs import programs_at
from sandbox.search_results import searches_at
from sandbox.staff import entries_at
from sandbox.support import tickets_at
from sandbox.time_tracking import bookings_at
from sandbox.view import View

if TYPE_CHECKING:
    from sandbox.company import Company


def look(company: Company, as_of: int) -> View:
    """Everything the vendors can show at an as-of."""
    mail: dict[str, Any] = mail_at(company.mailing, company.first_day * DAY, as_of)
    return View(
        as_of=as_of,
        **crm_at(company.crm, as_of),
        **mail,
        **programs_at(company.programs, as_of),
        **billing_at(company, as_of),
        ad_accounts=ACCOUNTS,
        ad_campaigns=campaigns_at(company.ads, as_of),
        ad_hours=hours_at(company.ads, as_of),
        platform_accounts=platform_accounts.ACCOUNTS,
        platform_campaigns=platform_ads.campaigns_at(company.platform_ads, as_of),
        platform_days=platform_ads.days_at(company.platform_ads, as_of),
        ga4_daily=daily_at(company.visits, company.sources, as_of),
        fx_rates=company.fx.at(as_of),
        time_entries=entries_at(company.time_entries, as_of),
        support_tickets=tickets_at(company.support, as_of),
        time_bookings=bookings_at(company.time_bookings, as_of),
        searches=searches_at(company.searches, as_of),
        amplitude_events=amplitude_at(company.amplitude_events, as_of),
        **chats_at(company.chats, company.crm.owners, as_of),
    )
