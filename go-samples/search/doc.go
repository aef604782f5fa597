// Search finds products.
//
//	GET /search?q=TEXT&limit=1..50        limit is 10 if absent
//	200 {"query","total","hits":[{"id","title","brand","priceCents","score"}]}
//	400 {"error":{"code":"bad-query","message"}}   bad or missing q, bad limit
//
// # Query
//
// q is at most 200 bytes of A-Z a-z 0-9 space : . - and has one to eight terms with
// spaces between them. Case doesn't matter. A term is one of
//
//	word            letters and digits, with single dashes inside: kettle, non-stick, 12
//	brand:NORDHEM   letters and digits
//	price:LO..HI    euros with at most six digits and optionally two decimals: price:5..20,
//	                price:4.99..20.00; both ends included, LO must not exceed HI
//	sku:KT-0042     two letters, a dash, four digits
//
// Anything else is a bad query. "query" in the answer is q as it was sent.
//
// # Hits
//
// The words of a text are its longest runs of letters, digits and dashes, in lower case.
// A product is a hit if it satisfies every brand, price and sku term and, if the query
// has words, at least one of them is a word of its title, brand, category or description.
//
//	score      = 100 * relevance + popularity
//	relevance  = sum over the query's different words of
//	             rarity(word) * (8*inTitle + 4*inBrand + 2*inCategory + inDescription)
//	in…        = how often the word occurs in that text
//	rarity     = number of bits of ProductCount / (products that have the word anywhere),
//	             integer division; a word that no product has adds nothing
//
// Hits are sorted by score, highest first, then by id, lowest first. "total" counts all
// hits, "hits" has the first limit of them and is [] if there are none.
package main
