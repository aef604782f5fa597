// Reports hands out the sales history, for spreadsheets and for the dashboard, and keeps
// the books.
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
//
//	GET  /accounts/{account}                             200 {"account","postings","balanceCents"}
//	POST /accounts/{account}/postings  {"day","cents","text"}
//	                                                     201 {"account","posting","balanceCents"}
//	POST /closings                                       201 sheet
//	400 {"error":{"code":"bad-posting","message"}}       not such a body
//	404 {"error":{"code":"unknown-account","message"}}   no such account
//
// day is a date like 2026-01-02, cents is not 0 and at most 100,000,000 either way, text is 1
// to 60 printable ASCII characters. The body is checked before the account is looked up.
// posting is the posting's number in its account, from 1; balanceCents is the sum of the
// account's postings up to that one.
//
// A closing makes a sheet of all accounts, by number:
//
//	{"closing","postings","newPostings","balanceCents",
//	 "lines":[{"account","postings","newPostings","inCents","outCents","balanceCents","seal"}]}
//
// closing counts from 1. A line has the account's first so many postings: all that were
// answered before the closing was asked for, and of those that are posted meanwhile the ones
// that came before the closing got to the account. newPostings are those that no closing
// before had; the year that the service starts with is closed. The sheet's own figures are
// the sums over its lines. The seal is a chain over the postings, in hex, that begins with 32
// zero bytes: seal = SHA-256(seal before + "number|day|cents|text"). Closings go one at a time.
package main
