package scenario

import (
	"math/rand/v2"
	"net/http"
	"net/url"
	"strings"
)

// badLists has some requests for each rule that a collection or a parameter can break.
func badLists(r *rand.Rand, model *catalogModel, c *class) []*Request {
	var all []*Request
	add := func(status int, code string, paths ...string) {
		for _, path := range paths {
			all = append(all, catalogRequest(r, path, c, refusal{status, code}))
		}
	}
	bad := func(paths ...string) { add(http.StatusBadRequest, "bad-list", paths...) }
	collection := func() string { return pick(r, model.overview.Collections) }
	for _, name := range []string{"Kitchen", "kitchen1", "kit-chen", "kit chen", strings.Repeat("k", 17), "kit/chen", "küche", "kitchen;", "%"} {
		bad("/collections/"+url.PathEscape(name), "/collections/"+url.PathEscape(name)+"?top=10")
	}
	for _, number := range []struct {
		name   string
		values []string
	}{
		{"top", []string{"0", "1001"}},
		{"max", []string{"-1", "10000001"}},
		{"offset", []string{"-1", "10001"}},
		{"limit", []string{"0", "51"}},
	} {
		for _, value := range append(number.values, "", "ten", "1.5", "1e1", "0x10", " 5", "99999999999999999999") {
			parameter := "?" + number.name + "=" + url.QueryEscape(value)
			bad("/collections/"+collection()+parameter, "/collections/attic"+parameter)
		}
	}
	feed := model.overview.Feeds[1]
	for _, feeds := range []string{"", ",", feed + ",", "," + feed, feed + "," + feed, strings.ToUpper(feed), feed + " ", feed + ";" + model.overview.Feeds[2], "nobody", feed + ",nobody"} {
		bad("/collections/" + collection() + "?top=10&feeds=" + url.QueryEscape(feeds))
	}
	for _, brand := range []string{"", " ", "two words", "a-b", "a.b", "*", "ÿ", "\u212A", strings.Repeat("b", 17), "a\x00b", "'--"} {
		bad("/collections/" + collection() + "?top=10&brand=" + url.QueryEscape(brand))
	}
	bad("/collections/"+collection()+"?top=0&top=5", "/collections/"+collection()+"?limit=0&offset=-1&feeds=")
	for _, name := range []string{"attic", "kitche", "kitchens", "k", strings.Repeat("k", 16), "collections"} {
		add(http.StatusNotFound, "unknown-collection", "/collections/"+name, "/collections/"+name+"?top=10&limit=5")
	}
	return all
}
