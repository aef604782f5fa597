// Gateway is the shop's front door: it checks, tidies and prices carts and orders, keeps
// the access log, knows its visitors, and exports its offers.
//
//	POST /carts   {"customer","reference","items":[{"sku","quantity","reference"}]}
//	POST /orders  the same with "card" and "email"
//	200 {"customer","reference","lines":[{"sku","title","quantity","priceCents","totalCents","reference"}],
//	     "units","goodsCents","shippingCents","totalCents"}, for an order also "card" and "email"
//	400 bad-cart, bad-order  not such a JSON object, unknown fields, or a value out of bounds
//	404 unknown-customer, unknown-sku
//
// Errors are {"error":{"code","message"}} and checked in the order of this list. A body has
// at most 64 KiB. There are 1 to 200 items of 1 to 99 pieces. A SKU may have lower-case
// letters and spaces around it. A reference is free text of at most 80 bytes and may be left
// out. Items of one product become one line, in the order of their first items, with the
// first item's reference. Ten pieces and more of a product are 5 % cheaper, rounded down;
// shipping is 490 cents for goods below 5000 and free from then on. The answer has of a card
// the last four digits, "TEST-****0018".
//
// Both endpoints write one line for each request into the access log. The log keeps the last
// 2048 lines in memory; a shipper reads it:
//
//	GET /log?last=N                     200 {"lines":[…]}, the last N lines, oldest first; 400 bad-log
//	PUT /log/level {"level":"debug"}    200 {"level":"debug"}; the other level is info; 400 bad-level
//
// N is 1 to 2048, and 100 if it isn't given. A line is
//
//	{"number","method","path","tenant","status",
//	 "customer","reference","items","units","totalCents","code","request","response"}
//
// Lines are numbered from 1. An accepted request has its customer and reference, the number
// of items as sent, and units and totalCents as answered; a refused one has the code that it
// was refused with. request and response are there at level debug only: the two bodies, if
// they are JSON objects, with "***" in place of card and email. What doesn't apply is
// left out.
//
// A visitor comes with a token of the login service, and says from which page:
//
//	GET /home?session=TOKEN&page=PAGE
//	200 {"visitor","region","views","trail":[PAGE,…],"offers":[{"sku","title","priceCents"},…]}
//	401 bad-session  no token, or not one of the login service
//	400 bad-page     not 1 to 1200 bytes of UTF-8 without control characters
//
// A token is a visitor's ID, "V-" and eight hexadecimal digits, a dot, the code of a region, a
// dot, and in hexadecimal digits the first 16 bytes of the HMAC-SHA256 of all before the last
// dot, by the login service's key. Digits are lower-case.
//
// views counts the pages of the session, this one included; trail has the last 12 of them,
// newest first. Offers are six products of the category that the 32-bit FNV-1a hash of the ID,
// modulo their number, selects from the categories in alphabetical order. Its products are
// ordered by their popularity plus the hash of ID and SKU, together, modulo 1000, highest first,
// then by their own ID. The first page of a session has the first six, the next page the next
// six, and after the last comes the first again.
//
// Sessions are only in memory. A visitor who comes back within a second is still known; for
// more than 500 sessions there is no room. Whoever is forgotten begins a new session.
//
// Price comparison sites and search engines fetch what the shop offers:
//
//	GET /export?brand=BRAND&category=CATEGORY&below=CENTS&limit=N
//	200 application/xml
//	400 bad-export  a parameter that isn't one of these, is given twice or is out of bounds
//	404 unknown-brand, unknown-category
//
// Each parameter may be left out; without any, everything is exported. A brand is 1 to 24 letters, a
// category 1 to 16, below 1 to 999999 and limit 1 to 3000 in digits. Offers are the products of
// the brand, of the category, and cheaper than below; the first limit of them in the order of
// their IDs. An export is, with a line break after each line,
//
//	<?xml version="1.0" encoding="UTF-8"?>
//	<offers shop="Bazaar" currency="EUR">
//	<offer sku="KT-0042">
//	<title>Steel kettle 12&quot;</title>
//	<brand>Nordhem</brand>
//	<category>kitchen</category>
//	<description>A quiet kettle.</description>
//	<link>https://bazaar.example/products/KT-0042</link>
//	<image>https://images.bazaar.example/kitchen/KT-0042/1200x1200.webp</image>
//	<price>19.90</price>
//	<shipping region="north" name="North" service="Standard"><price>4.90</price></shipping>
//	</offer>
//	</offers>
//
// with one line of shipping for each region, in the shop's order, and the price of it as for a
// cart with one piece of the product. The characters & < > " ' are &amp; &lt; &gt; &quot; and
// &apos; wherever they come from the shop. Most exports are one brand in one category, some
// kilobytes; a few times an hour somebody fetches everything, which has megabytes.
package main
