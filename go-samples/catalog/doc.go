// Catalog lists what the shop and its partners offer, merged into one list.
//
//	GET /collections                             200 JSON: all collections and feeds
//	GET /collections/NAME?feeds=F,F&top=N&brand=B&max=CENTS&offset=N&limit=N
//	                                             200 JSON: a page of the merged list
//	400 {"error":{"code":"bad-list","message"}}  bad parameter
//	404 {"error":{"code":"unknown-collection","message"}}  well-formed, but no such collection
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
package main
