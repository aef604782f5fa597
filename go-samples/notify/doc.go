// Notify tells the customers who watch a product that something happened to it.
//
//	POST /alerts {"event","sku","limit","note"}
//	200 {"event","sku","messages":[{"customer","channel","id","bytes"}]}
//	400 bad-alert        not such a JSON object, unknown fields, or a value out of bounds
//	404 unknown-product
//	422 not-delivered    {"error":{"code","message"},"customer","channel","reason"}
//
//	GET /messages/ID
//	200 {"id","channel","address","payload"}
//	400 bad-message, 404 unknown-message
//
//	POST /announcements {"list","text","first"}
//	200 {"list","told","results":[{"customer","receipt"} or {"customer","failed"}]}
//	400 bad-announcement  not such a JSON object, unknown fields, or a value out of bounds
//	404 unknown-list
//	429 busy              with Retry-After in seconds; nobody was told
//
// Errors are {"error":{"code","message"}}. event is back-in-stock, price-drop or last-pieces.
// limit is 1 to 50 and 50 if it isn't given: so many of the product's watchers are told, those
// who have waited longest. note is at most 240 characters of printable ASCII and may be left
// out.
//
// The answer has a message for each of them, in the order of waiting. If somebody can't be
// told, nobody needs to be: the alert fails with one of the watchers that it failed for, and
// the caller repeats it without them. The reason is address-refused or message-too-long.
//
// A watcher has a channel, which checks the address and makes the payload:
//
//	mail     one @ between a name without spaces and a host with a dot
//	push     32 digits and letters a to f
//	webhook  an https URL with a host and without a user
//
//	mail     To: ADDRESS\r\nSubject: SENTENCE\r\n\r\nDear NAME,\r\n\r\nSENTENCE\r\nNOTE\r\n\r\nYour Bazaar\r\n
//	push     {"token":ADDRESS,"title":TITLE,"body":"SENTENCE NOTE"}, at most 320 bytes
//	webhook  {"customer":ID,"event","sku","priceCents","note"} behind its HMAC-SHA256 in hexadecimal
//	         and "\n"; the key is the address
//
// SENTENCE is "TITLE is back in stock", "TITLE now costs EUR 12.34" or "Last pieces of TITLE",
// and NAME the customer's name. Without a note a mail has no line for it, and a push has no
// space. JSON is as encoding/json writes it. bytes is the length of the payload, id is "m-"
// and the first 16 hexadecimal digits of its SHA-256, so that relays know what they have sent
// before. The relays read messages by ID; the newest 256 are kept.
//
// An announcement goes to the devices on a mailing list, like L-042, by the push provider. text
// is 1 to 160 characters of printable ASCII. first is 1 to 50 and 50 if it isn't given: so many
// are told, those who subscribed first. results has all of them in that order, each with the
// provider's receipt, or with failed: unregistered. A list has 50 subscribers.
//
// 200 means that everybody was told who can be, once, before the answer. Six announcements at a
// time always find room; when there are more, some may be refused as busy, and the caller comes
// again.
package main
