package main

import (
	"io"
	"log/slog"
	"net/http"
	"sync"

	"bazaar/internal/serve"
)

// service answers for one sales history.
type service struct {
	history *history
	reports sync.Map // salesRequest → its CSV; the history only changes over night
}

func newService(h *history) *service { return &service{history: h} }

func (s *service) routes() []serve.Route {
	return []serve.Route{
		{Pattern: "GET /reports/sales.csv", Handle: s.handleSales},
		{Pattern: "GET /reports/summary", Handle: s.handleSummary},
	}
}

func (s *service) handleSales(w http.ResponseWriter, r *http.Request) {
	request, err := parseSales(r.URL.Query())
	if err != nil {
		badReport(w, err)
		return
	}
	if !s.knows(w, request.region) {
		return
	}
	w.Header().Set("Content-Type", "text/csv; charset=utf-8")
	if _, err := io.WriteString(w, s.report(request)); err != nil {
		slog.Warn("report not delivered", "region", request.region, "error", err)
	}
}

// report makes a CSV the first time that it is asked for.
func (s *service) report(request salesRequest) string {
	if known, ok := s.reports.Load(request); ok {
		return known.(string)
	}
	report := renderCSV(s.history.since(request.region, request.from, request.rows))
	s.reports.Store(request, report)
	return report
}

func (s *service) handleSummary(w http.ResponseWriter, r *http.Request) {
	region, err := parseRegion(r.URL.Query())
	if err != nil {
		badReport(w, err)
		return
	}
	if s.knows(w, region) {
		serve.WriteJSON(w, http.StatusOK, s.history.summary(region))
	}
}

// knows answers the request if there is no such region.
func (s *service) knows(w http.ResponseWriter, region string) bool {
	_, known := s.history.names[region]
	if !known {
		serve.WriteError(w, http.StatusNotFound, "unknown-region", "there is no region "+region)
	}
	return known
}

func badReport(w http.ResponseWriter, err error) {
	serve.WriteError(w, http.StatusBadRequest, "bad-report", err.Error())
}
