package main

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"strconv"
	"sync"

	"bazaar/internal/serve"
)

const (
	keptLines    = 2048
	defaultLines = 100
)

// entry is one line of the access log.
type entry struct {
	Number     int64           `json:"number"`
	Method     string          `json:"method"`
	Path       string          `json:"path"`
	Tenant     string          `json:"tenant,omitempty"`
	Status     int             `json:"status"`
	Customer   string          `json:"customer,omitempty"`
	Reference  string          `json:"reference,omitempty"`
	Items      int             `json:"items,omitempty"`
	Units      int             `json:"units,omitempty"`
	TotalCents int             `json:"totalCents,omitempty"`
	Code       string          `json:"code,omitempty"`
	Request    json.RawMessage `json:"request,omitempty"`
	Response   json.RawMessage `json:"response,omitempty"`
}

// accessLog keeps the last lines in memory until they are shipped.
type accessLog struct {
	level slog.LevelVar // info at first

	mu     sync.Mutex // guards what follows
	number int64      // of the last line
	lines  [keptLines]entry
}

func newAccessLog() *accessLog { return &accessLog{} }

// add numbers a line and keeps it in place of the oldest.
func (l *accessLog) add(e entry) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.number++
	e.Number = l.number
	l.lines[l.number%keptLines] = e
}

// last returns the newest n lines, oldest first.
func (l *accessLog) last(n int64) []entry {
	l.mu.Lock()
	defer l.mu.Unlock()
	n = min(n, l.number)
	lines := make([]entry, 0, n)
	for number := l.number - n + 1; number <= l.number; number++ {
		lines = append(lines, l.lines[number%keptLines])
	}
	return lines
}

func (l *accessLog) handleLines(w http.ResponseWriter, r *http.Request) {
	n := int64(defaultLines)
	if text := r.URL.Query().Get("last"); text != "" {
		var err error
		if n, err = strconv.ParseInt(text, 10, 64); err != nil || n < 1 || n > keptLines {
			serve.WriteError(w, http.StatusBadRequest, "bad-log", fmt.Sprintf("last %q is not 1 to %d", text, keptLines))
			return
		}
	}
	serve.WriteJSON(w, http.StatusOK, map[string][]entry{"lines": l.last(n)})
}

type levelJSON struct {
	Level string `json:"level"`
}

func (l *accessLog) handleLevel(w http.ResponseWriter, r *http.Request) {
	var wanted levelJSON
	err := serve.ReadJSON(w, r, maxBody, &wanted)
	levels := map[string]slog.Level{"debug": slog.LevelDebug, "info": slog.LevelInfo}
	level, known := levels[wanted.Level]
	if err != nil || !known {
		serve.WriteError(w, http.StatusBadRequest, "bad-level", "level is debug or info")
		return
	}
	l.level.Set(level)
	serve.WriteJSON(w, http.StatusOK, wanted)
}
