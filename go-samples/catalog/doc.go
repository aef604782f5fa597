// Catalog lists what the shop and its partners offer, merged into one list, and has the
// manufacturers' data sheets.
//
//	GET /collections                             200 JSON: all collections and feeds
//	GET /collections/NAME?feeds=F,F&top=N&brand=B&max=CENTS&offset=N&limit=N
//	                                             200 JSON: a page of the merged list
//	400 {"error":{"code":"bad-list","message"}}  bad parameter
//	404 {"error":{"code":"unknown-collection","message"}}  well-formed, but no such collection
//
//	GET /sheets/SKU                              200 JSON: the data sheet of a product
//	400 {"error":{"code":"bad-sku","message"}}   not two capital letters, a dash, four digits
//	GET /compare?skus=SKU,SKU,…&differing=1      200 JSON: 2 to 8 data sheets side by side
//	400 {"error":{"code":"bad-comparison","message"}}  bad parameter
//	404 {"error":{"code":"unknown-sheet","message"}}   well-formed, but no such data sheet
//
// NAME is one to sixteen lower-case letters. All parameters may be left out:
//
//	feeds   feeds to merge, the preferred one first, separated by commas, each once;
//	        absent: all feeds, in the order of GET /collections
//	top     1 to 1000: only so many offers of each feed, from its start; absent: all
//	brand   1 to 16 letters or digits, in upper or lower case: only offers of this brand
//	max     0 to 10000000: only offers that cost no more than so many cents
//	offset  0 to 10000: where in the merged list the page starts; absent: 0
//	limit   1 to 50: the most items of a page; absent: 20
//
// A parameter that is given twice counts with its first value. Parameters are checked
// before the collection is looked up.
//
// The merged list has the chosen offers that pass the filters: all of the first feed in the
// feed's order, then all of the second, and so on. Two offers are of the same article if
// both SKU and colour are the same, no matter in which case they are written. Of several
// offers of an article the first is listed, as its feed writes it, and the others are left
// out. An offer that a filter leaves out doesn't stand in the way of a later one.
//
//	{"collection","total","offset","items":[{"sku","colour","title","brand","priceCents","feed"}]}
//
// total counts the merged list, items are the page: an empty list behind the end.
//
// A data sheet has fields in sections, and texts. The document that the manufacturer sends
// says more, which is none of the customers' business:
//
//	{"sku","sections":[{"title","fields":[{"name","value"}]}],"texts":[{"title","text"}]}
//
// A comparison has a row for each field, and for each text, that at least one of the sheets
// has, in the order in which they are met: sheet by sheet, as asked for. values are in the
// order of skus, "" where a sheet has none. Fields of one name in two sections are two rows.
// With differing=1 rows of fields whose values are all equal are left out. No SKU may be
// asked for twice; all parameters are checked before the first sheet is looked up.
//
//	{"skus","rows":[{"section","name","values"}],"texts":[{"name","values"}]}
//
// A replica runs in a container of 128 MiB: what needs more is killed. The program's own
// pages and the kernel's buffers take less than 8 MiB of them, all else is the runtime's.
package main
