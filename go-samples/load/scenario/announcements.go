package scenario

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"bazaar/internal/shop"
)

// Sizes of an announcement in subscribers for the shapes that compare sizes.
const (
	smallFirst = 12
	largeFirst = 4 * smallFirst
)

// announcementsPlan is traffic for the announcements of the notify service.
type announcementsPlan struct {
	options Options
	lists   []shop.List

	told, refused *class
	classes       []*class

	whole    []*Request // to whole lists
	some     []*Request // to the first of a list
	refusals []*Request
}

func newAnnouncements(o Options) Plan {
	p := &announcementsPlan{
		options: o,
		lists:   shop.New(o.ShopSeed).Lists(),
		told:    &class{id: "announcements", title: "Every announcement has the outcome of each subscriber, in their order"},
		refused: &class{id: "announcement-refusals", title: "Every bad request is refused: 400 bad-announcement, 404 unknown-list"},
	}
	p.classes = classes(p.told, p.refused)
	r := source(o.Seed, "announcements/"+o.Shape)
	size := poolSize
	if o.Shape == Heldout {
		size = heldoutSize
	}
	for i := range size {
		list := p.drawList(r)
		p.whole = append(p.whole, p.request(r, list, drawText(r, o.Thorough && i%4 == 0), 0))
		p.some = append(p.some, p.request(r, p.drawList(r), drawText(r, o.Thorough && i%4 == 0), p.drawFirst(r)))
	}
	p.refusals = p.badRequests(r)
	return p
}

// drawList takes any list; what is held out is mostly about others than the rest.
func (p *announcementsPlan) drawList(r *rand.Rand) shop.List {
	if half := len(p.lists) / 2; p.options.Shape == Heldout && chance(r, 80) {
		return p.lists[half+r.IntN(half)]
	}
	return pick(r, p.lists)
}

func (p *announcementsPlan) drawFirst(r *rand.Rand) int {
	switch shape := p.options.Shape; {
	case shape == Small:
		return smallFirst
	case shape == Large:
		return largeFirst
	case shape == Heldout:
		return 1 + r.IntN(8)
	case chance(r, 20):
		return pick(r, []int{1, 2, 49, 50})
	}
	return 1 + r.IntN(20)
}

// Stream is mostly whole lists; a thorough one, whose requests come one after the other, has
// more of those that take no time, so that thousands are asked for in seconds.
func (p *announcementsPlan) Stream() Stream {
	mixed := func(whole, some, refused int) Stream {
		return newMix(p.options.Seed, []part{{share: whole, pool: p.whole}, {share: some, pool: p.some}, {share: refused, pool: p.refusals}})
	}
	switch shape := p.options.Shape; {
	case shape == Burst:
		return mixed(1, 0, 0)
	case shape == Small || shape == Large:
		return mixed(0, 1, 0)
	case p.options.Thorough:
		return mixed(3, 17, 80)
	case shape == Heldout:
		return mixed(40, 60, 0)
	}
	return mixed(60, 35, 5)
}

func drawText(r *rand.Rand, edge bool) string {
	if edge {
		return pick(r, []string{
			"!", strings.Repeat("n", 160), strings.Repeat(`"`, 160), `<b>&"\`, " ", "%s%d%n", "'; --", "{{.Text}}", `\n`, "~",
		})
	}
	text := fmt.Sprintf("Offer %d", r.IntN(1_000_000))
	for len(text) < 140 && chance(r, 75) {
		text += ", " + pick(r, []string{"today only", "while it lasts", "5 & more: -10 %", "A < B", `"as new"`, "ask us"})
	}
	return text
}

type announcementBody struct {
	List  string `json:"list"`
	Text  string `json:"text"`
	First int    `json:"first,omitempty"`
}

// request announces text to the first of a list; 0 stands for all.
func (p *announcementsPlan) request(r *rand.Rand, list shop.List, text string, first int) *Request {
	body := string(mustJSON(announcementBody{list.ID, text, first}))
	return jsonPost(r, "/announcements", body, p.told, announced(list, text, first))
}

func (p *announcementsPlan) Judge(ctx context.Context, access Access) (Judge, error) {
	return newAnnouncementsJudge(ctx, p, access)
}

// badRequests has some requests for each rule that a body can break.
func (p *announcementsPlan) badRequests(r *rand.Rand) []*Request {
	var all []*Request
	add := func(body string, status int, code string) {
		all = append(all, jsonPost(r, "/announcements", body, p.refused, refusal{status, code}))
	}
	with := func(key string, value any) string {
		fields := map[string]any{"list": pick(r, p.lists).ID, "text": drawText(r, false), "first": 1 + r.IntN(50)}
		fields[key] = value
		return string(mustJSON(fields))
	}
	good := with("first", 3)
	for _, body := range []string{
		``, ` `, `{`, `[]`, `null`, `17`, `"L-042"`, `{}`, `list=L-042`, good[:len(good)-1], good + `{}`, good + `x`,
		good + strings.Repeat(" ", 5000), `{"list":"L-042"}`, `{"text":"today"}`, `{"list":"L-042","text":"today","first":1e1000}`,
		`{"list":"L-042","text":"today","first":"5"}`, `{"list":["L-042"],"text":"today"}`, `{"list":"L-042","text":7}`,
	} {
		add(body, 400, "bad-announcement")
	}
	for range 4 {
		for _, list := range []string{"", "L-1", "L-0001", "l-042", "L_042", "L-04a", "042", "L-042 ", " L-042", "L--42", "../L-042", "*"} {
			add(with("list", list), 400, "bad-announcement")
		}
		for _, first := range []any{0, -1, 51, 1000000, 1.5, "", "all", []int{5}} {
			add(with("first", first), 400, "bad-announcement")
		}
		for _, text := range []string{"", strings.Repeat("n", 161), "two\nlines", "\x00", "\t", "caf\u00e9", "\x7f", strings.Repeat("n", 3000)} {
			add(with("text", text), 400, "bad-announcement")
		}
		for _, list := range []string{"L-000", "L-201", "L-999", fmt.Sprintf("L-%03d", 201+r.IntN(799))} {
			add(with("list", list), 404, "unknown-list")
		}
		add(with("to", "all"), 400, "bad-announcement")
	}
	return slices.Clip(all)
}
