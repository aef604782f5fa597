package main

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

const (
	maxNameBytes = 16
	maxTop       = 1000
	maxCents     = 10_000_000
	maxOffset    = 10_000
	maxLimit     = 50
	defaultLimit = 20
)

// listRequest says which part of which list is wanted.
type listRequest struct {
	collection string   // well-formed; may not exist
	feeds      []string // names, the preferred one first
	top        int      // offers of each feed
	brand      string   // in any case; "": any brand
	max        int      // cents
	offset     int
	limit      int
}

// accepts says whether an offer passes the filters.
func (l *listRequest) accepts(o *offer) bool {
	return o.priceCents <= l.max && (l.brand == "" || strings.EqualFold(o.brand, l.brand))
}

func parseList(collection string, params url.Values, known []string) (listRequest, error) {
	if !isName(collection) {
		return listRequest{}, fmt.Errorf("collection %q is not 1 to %d lower-case letters", collection, maxNameBytes)
	}
	feeds, err := parseFeeds(params, known)
	if err != nil {
		return listRequest{}, err
	}
	brand, err := parseBrand(params)
	if err != nil {
		return listRequest{}, err
	}
	request := listRequest{collection: collection, feeds: feeds, brand: brand}
	for _, number := range []struct {
		name              string
		into              *int
		least, most, none int // none: if absent
	}{
		{"top", &request.top, 1, maxTop, maxTop},
		{"max", &request.max, 0, maxCents, maxCents},
		{"offset", &request.offset, 0, maxOffset, 0},
		{"limit", &request.limit, 1, maxLimit, defaultLimit},
	} {
		*number.into = number.none
		if !params.Has(number.name) {
			continue
		}
		text := params.Get(number.name)
		value, err := strconv.Atoi(text)
		if err != nil || value < number.least || value > number.most {
			return listRequest{}, fmt.Errorf("%s %q is not a number from %d to %d", number.name, text, number.least, number.most)
		}
		*number.into = value
	}
	return request, nil
}

func isName(text string) bool {
	good := len(text) >= 1 && len(text) <= maxNameBytes
	for _, c := range []byte(text) {
		good = good && 'a' <= c && c <= 'z'
	}
	return good
}

func parseFeeds(params url.Values, known []string) ([]string, error) {
	if !params.Has("feeds") {
		return known, nil
	}
	text := params.Get("feeds")
	feeds := strings.Split(text, ",")
	for i, feed := range feeds {
		if !slices.Contains(known, feed) || slices.Contains(feeds[:i], feed) {
			return nil, fmt.Errorf("feeds %q: want each of %s at most once", text, strings.Join(known, ","))
		}
	}
	return feeds, nil
}

func parseBrand(params url.Values) (string, error) {
	if !params.Has("brand") {
		return "", nil
	}
	brand := params.Get("brand")
	good := len(brand) >= 1 && len(brand) <= maxNameBytes
	for _, c := range []byte(brand) {
		good = good && ('a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9')
	}
	if !good {
		return "", fmt.Errorf("brand %q is not 1 to %d letters or digits", brand, maxNameBytes)
	}
	return brand, nil
}
