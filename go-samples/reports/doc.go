// Reports hands out the sales history, for spreadsheets and for the dashboard.
//
//	GET /reports/sales.csv?region=R&from=DAY&rows=N    200 text/csv
//	GET /reports/summary?region=R                      200 JSON
//	400 {"error":{"code":"bad-report","message"}}      bad or missing parameter
//	404 {"error":{"code":"unknown-region","message"}}  well-formed, but no such region
//
// region is one to sixteen lower-case letters. DAY is a date like 2025-03-09; absent
// means the first day of the history. N is 1 to 5000; absent means 100. Parameters are
// checked before the region is looked up.
//
// The CSV has the header order,date,customer,product,quantity,priceCents,note and the
// first N orders of the region that are not older than DAY, in the order of the history.
// customer is the name, product the title, priceCents the price of one piece. A field
// with a comma, a quote, a line break or a leading space is quoted as in RFC 4180; lines
// end with "\n". That is byte for byte what encoding/csv writes.
//
// The summary covers the whole history of the region:
//
//	{"region","name","orders","units","revenueCents","firstDay","lastDay",
//	 "top":[{"sku","title","units","revenueCents"}]}
//
// revenueCents is the sum of quantity * priceCents; top has the five products with the
// most revenue, highest first, then by SKU.
package main
