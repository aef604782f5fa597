package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"

	"bazaar/internal/serve"
)

const (
	mostSubscribers = 50
	maxText         = 160
)

// announcement goes to the devices of a mailing list, as sent.
type announcement struct {
	List  string `json:"list"`
	Text  string `json:"text"`
	First *int   `json:"first"`
}

// validate checks everything that needs no list.
func (a *announcement) validate() error {
	switch {
	case !isListID(a.List):
		return fmt.Errorf("list %q is not like L-042", a.List)
	case a.Text == "" || len(a.Text) > maxText:
		return fmt.Errorf("text has %d characters, not 1 to %d", len(a.Text), maxText)
	case a.First != nil && (*a.First < 1 || *a.First > mostSubscribers):
		return fmt.Errorf("first %d is not 1 to %d", *a.First, mostSubscribers)
	}
	for _, c := range []byte(a.Text) {
		if c < ' ' || c > '~' {
			return fmt.Errorf("text %q has more than printable ASCII", a.Text)
		}
	}
	return nil
}

// isListID says whether id is a capital L, a dash and three digits.
func isListID(id string) bool {
	if len(id) != 5 || id[:2] != "L-" {
		return false
	}
	for _, c := range []byte(id[2:]) {
		if c < '0' || c > '9' {
			return false
		}
	}
	return true
}

func (a *announcer) routes() []serve.Route {
	return []serve.Route{{Pattern: "POST /announcements", Handle: a.handleAnnouncement}}
}

type announcedJSON struct {
	List    string        `json:"list"`
	Told    int           `json:"told"`
	Results []outcomeJSON `json:"results"`
}

type outcomeJSON struct {
	Customer string `json:"customer"`
	Receipt  string `json:"receipt,omitempty"`
	Failed   string `json:"failed,omitempty"`
}

func (a *announcer) handleAnnouncement(w http.ResponseWriter, r *http.Request) {
	wanted, err := readAnnouncement(w, r)
	if err != nil {
		serve.WriteError(w, http.StatusBadRequest, "bad-announcement", err.Error())
		return
	}
	list, known := a.lists()[wanted.List]
	if !known {
		serve.WriteError(w, http.StatusNotFound, "unknown-list", "there is no list "+wanted.List)
		return
	}
	if wanted.First != nil {
		list = list[:min(*wanted.First, len(list))]
	}
	outcomes, err := a.announce(r.Context(), wanted.Text, list)
	if err != nil {
		notAnnounced(w, err)
		return
	}
	answer := announcedJSON{List: wanted.List, Results: make([]outcomeJSON, len(outcomes))}
	for i, o := range outcomes {
		answer.Results[i] = outcomeJSON{Customer: list[i].customer, Receipt: o.receipt, Failed: o.failed}
		if o.failed == "" {
			answer.Told++
		}
	}
	serve.WriteJSON(w, http.StatusOK, answer)
}

func readAnnouncement(w http.ResponseWriter, r *http.Request) (a announcement, err error) {
	if err := serve.ReadJSON(w, r, maxBody, &a); err != nil {
		return announcement{}, err
	}
	return a, a.validate()
}

// notAnnounced says why nobody, or not everybody, was told.
func notAnnounced(w http.ResponseWriter, err error) {
	switch {
	case errors.Is(err, errBusy):
		w.Header().Set("Retry-After", "1")
		serve.WriteError(w, http.StatusTooManyRequests, "busy", err.Error())
	case errors.Is(err, context.Canceled):
		serve.WriteError(w, http.StatusServiceUnavailable, "gone", "the caller hung up")
	default:
		slog.Error("announcement failed", "error", err)
		serve.WriteError(w, http.StatusInternalServerError, "internal", "the announcement failed")
	}
}
