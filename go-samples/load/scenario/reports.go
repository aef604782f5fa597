package scenario

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"slices"
	"time"

	"bazaar/internal/shop"
)

// Sizes of a CSV in rows for the shapes that compare sizes.
const (
	smallRows = 100
	largeRows = 4 * smallRows
)

// reportsPool is smaller than other pools: an answer has tens of kilobytes.
const reportsPool = 256

// Thorough traffic asks for a long CSV once in longEvery requests: the slow
// service needs a good part of a second for the longest.
const longEvery = 1500

var longRows = []int{2500, 1000, 1600}

// reportsPlan is traffic for the reports service.
type reportsPlan struct {
	options   Options
	classes   []*class
	csvs      []*Request
	long      []*Request
	summaries []*Request
	refusals  []*Request
}

func newReports(o Options) Plan {
	sales := &class{id: "reports-csv", title: "Every CSV is byte for byte the reference's: rows, order and quoting"}
	summary := &class{id: "reports-summary", title: "Every summary adds up as the reference"}
	refused := &class{id: "reports-refusals", title: "Every bad report is refused: 400 bad-report, 404 unknown-region"}
	p := &reportsPlan{options: o, classes: classes(sales, summary, refused)}
	model := newReportsModel(shop.New(o.ShopSeed))
	r := source(o.Seed, "reports/"+o.Shape)
	size := reportsPool
	if o.Thorough {
		size *= 2
	}
	csv := func(ask report) *Request {
		answer := &csvAnswer{body: model.csv(ask.region, ask.since(), ask.count())}
		return reportsRequest(r, "/reports/sales.csv?"+ask.query(), sales, answer)
	}
	for i := range size {
		p.csvs = append(p.csvs, csv(p.drawReport(r, model.shop.Regions, o.Thorough && i%4 == 0)))
	}
	for _, rows := range longRows {
		p.long = append(p.long, csv(report{region: pick(r, model.shop.Regions).Code, rows: rows}))
	}
	for _, region := range model.shop.Regions {
		answer := &jsonAnswer{body: mustJSON(model.summary(region)), explain: func(_, _ []byte) string { return "summary-values" }}
		p.summaries = append(p.summaries, reportsRequest(r, "/reports/summary?region="+region.Code, summary, answer))
	}
	p.refusals = badReports(r, refused)
	return p
}

func (p *reportsPlan) Stream() Stream {
	switch {
	case p.options.Thorough:
		pool := slices.Concat(p.csvs, p.refusals)
		for range 10 {
			pool = append(pool, p.summaries...)
		}
		return newSeldom(newRound(p.options.Seed, pool), p.long, longEvery)
	case p.options.Shape == Small || p.options.Shape == Large:
		return newMix(p.options.Seed, []part{{share: 1, pool: p.csvs}})
	}
	return newMix(p.options.Seed, []part{
		{share: 82, pool: p.csvs, skewed: p.options.Shape == Default},
		{share: 13, pool: p.summaries},
		{share: 5, pool: p.refusals},
	})
}

func (p *reportsPlan) Judge(context.Context, Access) (Judge, error) {
	return newStateless(p.classes), nil
}

// report is what a CSV is asked for; from "" and rows 0 stand for not given.
type report struct {
	region, from string
	rows         int
}

func (p *reportsPlan) drawReport(r *rand.Rand, regions []shop.Region, edge bool) report {
	ask := report{region: pick(r, regions).Code, from: drawDay(r)}
	switch shape := p.options.Shape; {
	case shape == Small:
		ask.rows = smallRows
	case shape == Large:
		ask.rows = largeRows
	case edge:
		ask.from = pick(r, []string{"", shop.FirstDay, shop.LastDay, "2024-02-29", "2026-01-01", "1970-01-01"})
		ask.rows = pick(r, []int{0, 1, 2, 300})
	case shape == Heldout:
		ask.rows = 20 + r.IntN(500)
	case p.options.Thorough:
		ask.rows = 1 + r.IntN(120)
	default:
		ask.rows = 50 + r.IntN(250)
	}
	return ask
}

// drawDay leaves enough history after it for the largest of the shapes.
func drawDay(r *rand.Rand) string {
	first, err := time.Parse(time.DateOnly, shop.FirstDay)
	if err != nil {
		panic(err) // FirstDay is a constant
	}
	return first.AddDate(0, 0, r.IntN(330)).Format(time.DateOnly)
}

func (a report) since() string {
	if a.from == "" {
		return shop.FirstDay
	}
	return a.from
}

func (a report) count() int {
	if a.rows == 0 {
		return 100
	}
	return a.rows
}

func (a report) query() string {
	query := "region=" + a.region
	if a.from != "" {
		query += "&from=" + a.from
	}
	if a.rows != 0 {
		query += fmt.Sprintf("&rows=%d", a.rows)
	}
	return query
}

func reportsRequest(r *rand.Rand, path string, c *class, e expectation) *Request {
	return &Request{Method: http.MethodGet, Path: path, Tenant: pick(r, tenants), class: c, expect: e}
}
