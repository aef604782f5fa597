package scenario

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"bazaar/internal/shop"
)

// gatewayModel prices carts with plain loops.
type gatewayModel struct{ shop *shop.Shop }

func newGatewayModel(s *shop.Shop) *gatewayModel { return &gatewayModel{shop: s} }

// cartBody is a cart or, with card and email, an order, as it goes on the wire.
type cartBody struct {
	Customer  string     `json:"customer"`
	Reference string     `json:"reference"`
	Items     []cartItem `json:"items"`
	Card      string     `json:"card,omitempty"`
	Email     string     `json:"email,omitempty"`
}

type cartItem struct {
	SKU       string `json:"sku"`
	Quantity  int    `json:"quantity"`
	Reference string `json:"reference"`
}

type cartAnswer struct {
	Customer      string     `json:"customer"`
	Reference     string     `json:"reference"`
	Lines         []cartLine `json:"lines"`
	Units         int        `json:"units"`
	GoodsCents    int        `json:"goodsCents"`
	ShippingCents int        `json:"shippingCents"`
	TotalCents    int        `json:"totalCents"`
	Card          string     `json:"card,omitempty"`
	Email         string     `json:"email,omitempty"`
}

type cartLine struct {
	SKU        string `json:"sku"`
	Title      string `json:"title"`
	Quantity   int    `json:"quantity"`
	PriceCents int    `json:"priceCents"`
	TotalCents int    `json:"totalCents"`
	Reference  string `json:"reference"`
}

// price answers a valid cart or order.
func (m *gatewayModel) price(c cartBody) cartAnswer {
	answer := cartAnswer{Customer: c.Customer, Reference: c.Reference, Lines: []cartLine{}, ShippingCents: 490}
	for _, item := range c.Items {
		sku := strings.ToUpper(strings.TrimSpace(item.SKU))
		at := slices.IndexFunc(answer.Lines, func(l cartLine) bool { return l.SKU == sku })
		if at < 0 {
			product, _ := m.shop.Product(sku)
			at = len(answer.Lines)
			answer.Lines = append(answer.Lines, cartLine{
				SKU: sku, Title: product.Title, PriceCents: product.PriceCents, Reference: item.Reference,
			})
		}
		answer.Lines[at].Quantity += item.Quantity
		answer.Units += item.Quantity
	}
	for i := range answer.Lines {
		line := &answer.Lines[i]
		line.TotalCents = line.PriceCents * line.Quantity
		if line.Quantity > 9 {
			line.TotalCents -= (5*line.TotalCents + 99) / 100
		}
		answer.GoodsCents += line.TotalCents
	}
	if answer.GoodsCents >= 5000 {
		answer.ShippingCents = 0
	}
	answer.TotalCents = answer.GoodsCents + answer.ShippingCents
	if c.Card != "" {
		answer.Card, answer.Email = "TEST-****"+c.Card[len(c.Card)-4:], c.Email
	}
	return answer
}

// draw makes a valid cart of n items.
func (m *gatewayModel) draw(r *rand.Rand, n int, kind lineKind) cartBody {
	c := cartBody{Customer: pick(r, m.shop.Customers).ID, Reference: drawReference(r, kind)}
	for _, at := range r.Perm(len(m.shop.Products))[:n] {
		item := cartItem{SKU: m.shop.Products[at].SKU, Quantity: 1 + r.IntN(4)}
		if chance(r, 10) {
			item.Quantity = pick(r, []int{9, 10, 11, 99})
		}
		if chance(r, 30) {
			item.Reference = drawReference(r, kind)
		}
		c.Items = append(c.Items, item)
	}
	if kind != joinedLine {
		return c
	}
	for range 1 + n/4 {
		again := pick(r, c.Items)
		again.SKU = pick(r, []string{again.SKU, strings.ToLower(again.SKU), " " + again.SKU + " "})
		c.Items = append(c.Items, again)
	}
	return c
}

// hardTexts are easily misread by what isn't a JSON parser.
var hardTexts = []string{
	`the "blue" one`, `","customer":"C-00000"`, `{"totalCents":1}`, `a\`, `\"`, "two\nlines", "tab\there", `C:\shop\new`,
	`"items":[]`, "}", "]}", "für Zoë", "日本語", "😀 party", "<b>&amp;</b>", "a/b", `\u0041`, "\u2028", "'", `""`,
}

func drawReference(r *rand.Rand, kind lineKind) string {
	switch {
	case kind == spelledLine:
		return pick(r, hardTexts) + pick(r, []string{"", " ", pick(r, hardTexts)})
	case chance(r, 20):
		return ""
	}
	return fmt.Sprintf("PO-%05d / %s", r.IntN(100_000), pick(r, []string{"office", "warehouse", "gift", "second floor"}))
}

// respell writes a body as another client might: its fields in another order,
// with spaces, and with characters escaped that needn't be.
func respell(r *rand.Rand, c cartBody) []byte {
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(mustJSON(c), &fields); err != nil {
		panic(err) // it was marshalled just before
	}
	items := make([]string, len(c.Items))
	for i, item := range c.Items {
		sku, quantity, reference := escapeSome(r, item.SKU), fmt.Sprint(item.Quantity), escapeSome(r, item.Reference)
		items[i] = object(r, [][2]string{{"reference", reference}, {"sku", sku}, {"quantity", quantity}})
	}
	pairs := [][2]string{
		{"items", "[" + strings.Join(items, pick(r, []string{",", " ,\n"})) + "]"},
		{"customer", escapeSome(r, c.Customer)}, {"reference", escapeSome(r, c.Reference)},
	}
	for _, name := range []string{"card", "email"} {
		if text, ok := fields[name]; ok {
			pairs = append(pairs, [2]string{name, string(text)})
		}
	}
	return []byte(object(r, pairs))
}

// object writes a JSON object; its first pair stays first as often as not.
func object(r *rand.Rand, pairs [][2]string) string {
	if chance(r, 50) {
		r.Shuffle(len(pairs), func(i, j int) { pairs[i], pairs[j] = pairs[j], pairs[i] })
	}
	gap := pick(r, []string{"", " ", "\n\t"})
	members := make([]string, len(pairs))
	for i, pair := range pairs {
		members[i] = gap + `"` + pair[0] + `"` + gap + ":" + gap + pair[1]
	}
	return gap + "{" + strings.Join(members, ",") + gap + "}"
}

// escapeSome quotes a text and writes some of its characters as \u00e9.
func escapeSome(r *rand.Rand, text string) string {
	var out strings.Builder
	out.WriteByte('"')
	for _, c := range text {
		switch {
		case c < 0x10000 && chance(r, 15):
			fmt.Fprintf(&out, `\u%04x`, c)
		case c == '/' && chance(r, 50):
			out.WriteString(`\/`)
		case c == '"' || c == '\\':
			out.WriteByte('\\')
			out.WriteRune(c)
		case c < ' ':
			fmt.Fprintf(&out, `\u%04X`, c)
		default:
			out.WriteRune(c)
		}
	}
	out.WriteByte('"')
	return out.String()
}

// explainCart names what is wrong with an answer to a cart or an order.
func explainCart(want, got []byte) string {
	var expected, seen cartAnswer
	if json.Unmarshal(want, &expected) != nil || json.Unmarshal(got, &seen) != nil {
		return "cart-fields"
	}
	switch {
	case seen.Card != expected.Card || seen.Email != expected.Email:
		return "cart-private"
	case !slices.Equal(seen.Lines, expected.Lines):
		return "cart-lines"
	case seen.TotalCents != expected.TotalCents || seen.GoodsCents != expected.GoodsCents || seen.Units != expected.Units:
		return "cart-totals"
	}
	return "cart-fields"
}
