package scenario

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash/fnv"
	"net/http"
	"net/url"
	"slices"
	"sort"
	"strings"
	"sync"

	"bazaar/internal/shop"
)

const (
	loginKey      = "bazaar-login"
	keptPages     = 12
	offersPerView = 6
	maxPage       = 1200
	manyPages     = 16 // that somebody who stays looks at; more than a session keeps
)

// webVisitor is one visitor with all that they are going to look at.
type webVisitor struct {
	id, region string
	tenant     string
	token      string
	pages      []string
	gaps       []int // gaps[i] is from pages[i] to pages[i+1]

	ranked sync.Once
	offers []string // SKUs in the visitor's order
}

// sessionsModel knows the shop's categories, by name.
type sessionsModel struct {
	shop       *shop.Shop
	categories [][]shop.Product
}

func newSessionsModel(s *shop.Shop) *sessionsModel {
	products := slices.Clone(s.Products)
	sort.SliceStable(products, func(i, j int) bool { return products[i].Category < products[j].Category })
	m := &sessionsModel{shop: s}
	for i, p := range products {
		if i == 0 || p.Category != products[i-1].Category {
			m.categories = append(m.categories, nil)
		}
		last := len(m.categories) - 1
		m.categories[last] = append(m.categories[last], p)
	}
	return m
}

func (m *sessionsModel) newVisitor(d *dice, v visits) *webVisitor {
	w := &webVisitor{
		id: fmt.Sprintf("V-%08x", uint32(d.state.Uint64())), region: oneOf(d, m.shop.Regions).Code, tenant: oneOf(d, tenants),
	}
	w.token = tokenFor(w.id, w.region)
	w.gaps = drawGaps(d, v)
	for range len(w.gaps) + 1 {
		page := drawPage(d, v)
		for slices.Contains(w.pages, page) { // or nobody could say which of them a trail means
			page += d.letters(4)
		}
		w.pages = append(w.pages, page)
	}
	return w
}

// drawGaps draws how often a visitor comes back, and after how many requests.
func drawGaps(d *dice, v visits) []int {
	switch at := d.below(100); {
	case at < v.returning:
		gaps := []int{d.between(v.near[0], v.near[1])}
		if d.chance(v.again) {
			gaps = append(gaps, d.between(v.near[0], v.near[1]))
		}
		return gaps
	case at < v.returning+v.quick:
		return []int{d.between(quickGap[0], quickGap[1])}
	case at < v.returning+v.quick+v.far:
		return []int{d.between(farGap[0], farGap[1])}
	case at < v.returning+v.quick+v.far+v.longest:
		gaps := make([]int, manyPages)
		for i := range gaps {
			gaps[i] = d.between(1, quickGap[1])
		}
		return gaps
	}
	return nil
}

var (
	sections = []string{"/c/kitchen", "/c/office", "/sale", "/", "/search", "/help", "/c/garden"}

	// hardPages are easily spoilt on their way.
	hardPages = []string{
		"/c/für Zoë?q=größer", "/search?q=日本語", "/?q=😀 party", `/?q="quoted" & 'single'`, "/a+b%20c?d=e+f", "/?x=<b>&amp;</b>",
		"/?p=V-00000000.north", "/?u=\u2028", "/?json={\"views\":99}", "/#top", "/?a=1&a=2;b", "\\", "/ ", " ",
	}
)

func drawPage(d *dice, v visits) string {
	page := ""
	if v.hardToRead && d.chance(25) {
		page = oneOf(d, hardPages)
	}
	if missing := d.between(v.pages[0], v.pages[1]) - len(page); missing > 0 {
		page += cut(oneOf(d, sections)+"?utm_source=mail&gclid=", missing)
	}
	if missing := d.between(v.pages[0], v.pages[1]) - len(page); missing > 0 {
		page += d.letters(missing)
	}
	return page
}

func cut(text string, n int) string { return text[:min(n, len(text))] }

func (p *sessionsPlan) ask(w *webVisitor, index int) *Request {
	c := p.first
	if index > 0 {
		c = p.later
	}
	return homeRequest(w.tenant, w.token, w.pages[index], c, &homeAsk{model: p.model, visitor: w, index: index})
}

func homeRequest(tenant, token, page string, c *class, expect expectation) *Request {
	path := "/home?session=" + url.QueryEscape(token) + "&page=" + url.QueryEscape(page)
	return &Request{Method: http.MethodGet, Path: path, Tenant: tenant, class: c, expect: expect}
}

// tokenFor is what the login service gives to a visitor.
func tokenFor(id, region string) string {
	text := id + "." + region
	return text + "." + signature(text)
}

func signature(text string) string {
	mac := hmac.New(sha256.New, []byte(loginKey))
	mac.Write([]byte(text))
	return hex.EncodeToString(mac.Sum(nil))[:32]
}

// offersOf are the SKUs that a visitor sees on a view, counted from 1.
func (m *sessionsModel) offersOf(w *webVisitor, view int) []string {
	w.ranked.Do(func() { w.offers = m.rank(w.id) })
	shown := make([]string, offersPerView)
	for i := range shown {
		shown[i] = w.offers[((view-1)*offersPerView+i)%len(w.offers)]
	}
	return shown
}

func (m *sessionsModel) rank(id string) []string {
	category := m.categories[fnv32(id)%uint32(len(m.categories))]
	keys := make([][2]int, len(category)) // score and place
	for i, p := range category {
		keys[i] = [2]int{p.Popularity + int(fnv32(id+p.SKU)%1000), i}
	}
	sort.Slice(keys, func(i, j int) bool {
		if keys[i][0] != keys[j][0] {
			return keys[i][0] > keys[j][0]
		}
		return category[keys[i][1]].ID < category[keys[j][1]].ID
	})
	skus := make([]string, len(keys))
	for i, key := range keys {
		skus[i] = category[key[1]].SKU
	}
	return skus
}

func fnv32(text string) uint32 {
	h := fnv.New32a()
	_, _ = strings.NewReader(text).WriteTo(h)
	return h.Sum32()
}
