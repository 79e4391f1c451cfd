"""The raw tables of Stripe, the events that tell of changes, and the fields that no table needs.

Amounts are whole numbers of the smallest unit of the currency (cents, but yen for JPY).
"""

from ingestion.resource import Resource, columns, fields

EVENTS = {
    "customers": ("customer.created", "customer.updated", "customer.deleted"),
    "invoices": (
        "invoice.created",
        "invoice.updated",
        "invoice.finalized",
        "invoice.paid",
        "invoice.payment_failed",
        "invoice.voided",
        "invoice.marked_uncollectible",
        "invoice.deleted",
    ),
    "charges": (
        "charge.succeeded",
        "charge.pending",
        "charge.failed",
        "charge.captured",
        "charge.expired",
        "charge.updated",
        "charge.refunded",
    ),
    "refunds": ("refund.created", "refund.updated", "refund.failed", "charge.refund.updated"),
}
TIMES = ("created", "due_date", "finalized_at", "paid_at", "voided_at", "marked_uncollectible_at")

_CUSTOMER = fields(
    "object livemode address shipping tax_exempt sources subscriptions discount default_source invoice_prefix"
    " invoice_settings next_invoice_sequence preferred_locales test_clock cash_balance tax_ids"
)
_INVOICE = fields(
    "object livemode status_transitions lines account_country account_name account_tax_ids amount_shipping"
    " application application_fee_amount attempt_count attempted auto_advance automatic_tax automatically_finalizes_at"
    " custom_fields customer_address customer_name customer_phone customer_shipping customer_tax_exempt"
    " customer_tax_ids default_payment_method default_source default_tax_rates discount discounts effective_at"
    " ending_balance footer from_invoice hosted_invoice_url invoice_pdf issuer last_finalization_error latest_revision"
    " next_payment_attempt on_behalf_of paid_out_of_band payment_settings period_end period_start"
    " post_payment_credit_notes_amount pre_payment_credit_notes_amount quote receipt_number rendering"
    " rendering_options shipping_cost shipping_details starting_balance statement_descriptor subscription_details"
    " test_clock total_discount_amounts total_tax_amounts total_pretax_credit_amounts transfer_data"
    " webhooks_delivered_at amount_overpaid paid"
)
_CHARGE = fields(
    "object livemode application application_fee application_fee_amount balance_transaction billing_details"
    " calculated_statement_descriptor destination dispute failure_balance_transaction failure_message fraud_details"
    " on_behalf_of order outcome payment_method payment_method_details radar_options receipt_email receipt_number"
    " receipt_url refunds review shipping source source_transfer statement_descriptor statement_descriptor_suffix"
    " transfer transfer_data transfer_group"
)
_REFUND = fields(
    "object balance_transaction destination_details receipt_number source_transfer_reversal transfer_reversal"
    " failure_balance_transaction instructions_email next_action pending_reason presentment_details description"
)

RESOURCES = (
    Resource(
        "customers",
        columns(
            "id email name phone currency description",
            json="metadata",
            int="balance",
            flag="delinquent deleted",
            time="created",
        ),
        key=("id",),
        ignored=_CUSTOMER,
        description="One row per customer; of a deleted one the id is left.",
    ),
    Resource(
        "invoices",
        columns(
            "id number customer customer_email currency status charge payment_intent subscription billing_reason"
            " collection_method description",
            json="metadata",
            int="amount_due amount_paid amount_remaining subtotal total subtotal_excluding_tax total_excluding_tax tax",
            flag="deleted",
            time="created due_date finalized_at paid_at voided_at marked_uncollectible_at",
        ),
        key=("id",),
        ignored=_INVOICE,
        description="One row per invoice, as it stands; a draft that was deleted keeps its row.",
    ),
    Resource(
        "charges",
        columns(
            "id customer invoice payment_intent currency status failure_code description",
            json="metadata",
            int="amount amount_captured amount_refunded",
            flag="captured disputed paid refunded",
            time="created",
        ),
        key=("id",),
        ignored=_CHARGE,
        description="One row per attempt to pay, failed ones too.",
    ),
    Resource(
        "refunds",
        columns(
            "id charge payment_intent currency status reason failure_reason",
            json="metadata",
            int="amount",
            time="created",
        ),
        key=("id",),
        ignored=_REFUND,
        description="One row per refund, failed ones too.",
    ),
)
