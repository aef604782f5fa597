package main

import (
	"log/slog"
	"net/http"

	"bazaar/internal/serve"
)

// service answers for one sales history.
type service struct {
	history *history
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
	sales := s.history.since(request.region, request.from, request.rows)
	w.Header().Set("Content-Type", "text/csv; charset=utf-8")
	if _, err := w.Write(renderCSV(sales)); err != nil {
		slog.Warn("report not delivered", "region", request.region, "error", err)
	}
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
