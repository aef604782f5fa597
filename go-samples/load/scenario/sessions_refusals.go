package scenario

import (
	"net/http"
	"strings"
)

const (
	codeBadSession = "bad-session"
	codeBadPage    = "bad-page"
)

var badPages = []string{"", strings.Repeat("p", maxPage+1), strings.Repeat("ü", maxPage/2+1), "\xff", "/ok\xc3", "a\nb", "\x00", "/\x7f", "tab\there", "\u0085"}

// refusal is a request that breaks one rule, often in the name of somebody who is in the shop.
func (p *sessionsPlan) refusal(d *dice, recent []*webVisitor) *Request {
	w := p.model.newVisitor(d, visits{pages: [2]int{1, 200}})
	if len(recent) > 0 && d.chance(70) {
		w = oneOf(d, recent)
	}
	tenant := oneOf(d, tenants)
	if d.chance(30) {
		expect := refusal{http.StatusBadRequest, codeBadPage}
		return homeRequest(tenant, w.token, oneOf(d, badPages), p.refused, expect)
	}
	page := oneOf(d, []string{"/forged", "/forged?" + d.letters(40), ""})
	return homeRequest(tenant, forge(d, w), page, p.refused, refusal{http.StatusUnauthorized, codeBadSession})
}

// forge makes a token that the login service never gave to anybody.
func forge(d *dice, w *webVisitor) string {
	text := w.id + "." + w.region
	flipped := []byte(w.token)
	at := len(text) + 1 + d.below(32)
	flipped[at] = "0123456789abcdef"[(strings.IndexByte("0123456789abcdef", flipped[at])+1+d.below(15))%16]
	signed := func(text string) string { return text + "." + signature(text) }
	return oneOf(d, []string{
		"", ".", "..", w.id, text, text + ".", w.token + "0", w.token[:len(w.token)-1], " " + w.token, w.token + "\n", "." + w.token,
		string(flipped), string(flipped), string(flipped), string(flipped), strings.ToUpper(w.token),
		w.token[:len(text)+1] + strings.Repeat("0", 32), w.token[:len(text)+1] + strings.ToUpper(signature("V-00000000.north")),
		tokenFor("V-00000000", w.region)[:len(text)+1] + signature(text),
		text + "." + signature(text+".") + "." + signature(text),
		signed(w.id), signed(w.id + ".moon"), signed(w.id + "."), signed("v" + text[1:]), signed(w.id[:9] + "." + w.region),
		signed(w.id + "0." + w.region), signed("V-0000000g." + w.region), signed(text + "." + w.region), signed(""),
	})
}
