// Checkout takes orders: it keeps the stock and has payments charge the card. It also makes
// statements of the orders of the past.
//
//	POST /orders {"sku","quantity","card","customer"}
//	201 {"order","sku","quantity","amountCents"}
//	400 bad-order         not such a JSON object, unknown fields, quantity not 1..20,
//	                      malformed SKU or card, unknown customer
//	404 unknown-sku       well-formed, but nothing that the shop sells
//	409 out-of-stock      less than quantity available
//	402 declined          payments declined the card
//	502 payment-failed    payments didn't answer as it should; the card may not have been charged
//
//	GET /stock/{sku}               200 {"sku","available"}, 404 unknown-sku
//	POST /stock/{sku} {"add":N}    200 {"sku","available"} after adding N, 1..1,000,000;
//	                               400 bad-stock, 404 unknown-sku
//
//	GET /customers/{customer}/statement?last=N   the last N orders of the sales history, 1..40, else 10
//	200 {"customer","lines":[{"order","date","amountCents","charge","card","state","code"}],"settledCents"}
//	400 bad-last          last is given and not one number, 1..40
//	404 unknown-customer
//	409 no-charge         payments has no charge for one of the orders
//	409 disputed          the charge of one of the orders is disputed
//	502 payment-failed    payments didn't answer as it should
//
// Errors are {"error":{"code","message"}}. They are checked in the order of this list.
// Stock starts as shop.InitialStock. An order that ends with anything but 201 leaves the
// stock as if it had never been; an order with 201 has been charged exactly once, with
// quantity times the product's price. Order numbers look like "ord-000001" and are unique
// within a process.
//
// Lines go from the newest order to the oldest; the newest that payments can't vouch for
// decides between no-charge, disputed and payment-failed. settledCents leaves out what was
// refunded. A statement shows each charge as payments has it at that moment.
package main
