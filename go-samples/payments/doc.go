// Payments stands in for the bank: it charges test cards and looks up old charges, after a
// real wait.
//
//	POST /charge {"order","card","amountCents"}
//	200 {"charge"}             after the wait of -wait
//	402 declined               after the same wait; see shop.IsDeclined for the rule
//	400 bad-charge             at once: not such a JSON object, unknown fields, malformed
//	                           order (1 to 64 of a-z 0-9 -) or card, amountCents not 1..100,000,000
//
//	GET /charges/{order}       what the archive says now about an order of the sales history
//	200 {"charge","card","state"}  after the wait of -wait; card has the last four digits,
//	                           state is settled, refunded or disputed
//	404 unknown-charge         after the same wait
//	POST /charges/{order}/refund   204; 404 unknown-charge; 409 disputed
//
//	GET /ledger                200 {"inFlight","maxInFlight","approved":{ORDER:amountCents},
//	                           "approvedOmitted","approvedCount","approvedCents","declinedCount",
//	                           "lookupCount"}
//	POST /ledger/reset         204; forgets all but what is in flight, refunds too
//
// The bank's terms: a charge may be refunded at any time, so what was looked up isn't kept;
// one statement has at most 4 look-ups in flight. The bank counts, it doesn't throttle.
//
// Errors are {"error":{"code","message"}}. inFlight counts charges and look-ups that are
// waiting, maxInFlight is its highest value since the last reset. approved sums the charges of an
// order and holds the first 20,000 orders; approvedOmitted counts charges of orders beyond
// those. The counts and approvedCents are always exact. A caller that hangs up during the
// wait is not charged.
package main
