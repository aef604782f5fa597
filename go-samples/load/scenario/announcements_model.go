package scenario

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"
	"strconv"
	"sync/atomic"

	"bazaar/internal/shop"
)

type announcementOutcome struct {
	Customer string `json:"customer"`
	Receipt  string `json:"receipt,omitempty"`
	Failed   string `json:"failed,omitempty"`
}

type announcementResult struct {
	List    string                `json:"list"`
	Told    int                   `json:"told"`
	Results []announcementOutcome `json:"results"`
}

// announcementAnswer expects an outcome for each of so many subscribers.
type announcementAnswer struct {
	jsonAnswer
	sends int64
}

var goodDevice = regexp.MustCompile(`^[0-9a-f]{32}$`)

// announced is the right answer to an announcement to the first of a list; 0 stands for all.
func announced(list shop.List, text string, first int) *announcementAnswer {
	result := announcementResult{List: list.ID, Results: []announcementOutcome{}}
	for i, s := range list.Subscribers {
		if first > 0 && i >= first {
			break
		}
		outcome := announcementOutcome{Customer: s.CustomerID, Failed: "unregistered"}
		if goodDevice.MatchString(s.Token) {
			receipt := fmt.Sprintf("r-%x", sha256.Sum256([]byte(s.Token+"\n"+text)))
			outcome = announcementOutcome{Customer: s.CustomerID, Receipt: receipt[:len("r-")+12]}
			result.Told++
		}
		result.Results = append(result.Results, outcome)
	}
	return &announcementAnswer{
		jsonAnswer: jsonAnswer{body: mustJSON(result), explain: explainAnnouncement}, sends: int64(len(result.Results)),
	}
}

// explainAnnouncement names what is wrong with an announcement's answer.
func explainAnnouncement(want, got []byte) string {
	var expected, seen announcementResult
	if json.Unmarshal(want, &expected) != nil || json.Unmarshal(got, &seen) != nil {
		return "announcement-fields"
	}
	if len(seen.Results) != len(expected.Results) {
		return "announcement-count"
	}
	places := map[announcementOutcome]int{}
	for _, o := range expected.Results {
		places[o]++
	}
	inPlace := true
	for i, o := range seen.Results {
		if places[o]--; places[o] < 0 {
			if o.Receipt == "" && expected.Results[i].Receipt != "" {
				return "announcement-failed"
			}
			return "announcement-results"
		}
		inPlace = inPlace && o == expected.Results[i]
	}
	if !inPlace {
		return "announcement-order"
	}
	return "announcement-fields"
}

// IsRefusal says whether an answer is 429 busy with the seconds after which to come again.
func IsRefusal(a Answer) bool {
	seconds, err := strconv.Atoi(a.RetryAfter)
	return err == nil && seconds > 0 && refusal{http.StatusTooManyRequests, "busy"}.check(a) == nil
}

// Pushed is what the push provider says of a target: messages whose way has ended, for how
// long its slots were taken and how much time has passed, and the most calls that were under
// way or stood in line.
type Pushed struct {
	Sent       int64 `json:"sent"`
	SlotNanos  int64 `json:"slotNanos"`
	Nanos      int64 `json:"nanos"`
	MostInLine int64 `json:"mostInLine"`

	MostInFlight int64 `json:"mostInFlight"`
}

var readPushed = &Request{Method: http.MethodGet, Path: "/debug/flamelab/vars/push"}

// The push provider's terms: so many messages of a target are under way at a time, each for so
// long.
const (
	pushSlots = 32
	pushNanos = 10_000_000
)

// CapacityUsed is the share of the push provider's slots that was used between two readings, 0
// to 1: on average, but not more than there ever were at a time. A machine that is busy with
// something else keeps messages under way for longer than the provider does, and slots free
// that would be in use; such time counts as used.
//
//	        slots taken    a message took    ever at a time    used
//	quiet   31 of 32       10 ms             32                0.97
//	busy    20 of 32       16 ms             32                1
//	half    16 of 32       10 ms             16                0.5
func CapacityUsed(began, ended Pushed) float64 {
	taken, passed := float64(ended.SlotNanos-began.SlotNanos), float64(ended.Nanos-began.Nanos)
	sent := float64(ended.Sent - began.Sent)
	if taken <= 0 || passed <= 0 || sent <= 0 {
		return 0
	}
	slower := max(1, taken/sent/pushNanos)
	return min(1, taken/passed/pushSlots*slower, float64(ended.MostInFlight)/pushSlots)
}

// Messages is how many messages an announcement takes; 0 for other requests.
func Messages(r *Request) int64 {
	if expect, ok := r.expect.(*announcementAnswer); ok {
		return expect.sends
	}
	return 0
}

// ReadPushed asks a target's push provider; it isn't the target's code that counts.
func ReadPushed(ctx context.Context, target Probe) (Pushed, error) {
	var pushed Pushed
	answer, err := target(ctx, readPushed)
	if err == nil && answer.Status != http.StatusOK {
		err = fmt.Errorf("status %d", answer.Status)
	}
	if err == nil {
		err = json.Unmarshal(answer.Body, &pushed)
	}
	if err != nil {
		return Pushed{}, fmt.Errorf("read the push provider's count: %w", err)
	}
	return pushed, nil
}

// announcementsJudge knows every answer from its request; if it is thorough it compares with
// what the push provider has counted.
type announcementsJudge struct {
	*stateless
	plan   *announcementsPlan
	access Access
	before int64
	sends  atomic.Int64 // of the announcements that were answered
}

func newAnnouncementsJudge(ctx context.Context, p *announcementsPlan, access Access) (Judge, error) {
	j := &announcementsJudge{stateless: newStateless(p.classes), plan: p, access: access}
	if !p.options.Thorough {
		return j, nil
	}
	pushed, err := ReadPushed(ctx, access.Target)
	j.before = pushed.Sent
	return j, err
}

func (j *announcementsJudge) End(t Ticket, r *Request, a Answer) *Fault {
	if expect, ok := r.expect.(*announcementAnswer); ok && a.Status == http.StatusOK {
		j.sends.Add(expect.sends)
	}
	return j.stateless.End(t, r, a)
}

func (j *announcementsJudge) Close(ctx context.Context) ([]Invariant, error) {
	invariants, err := j.stateless.Close(ctx)
	if err != nil || !j.plan.options.Thorough {
		return invariants, err
	}
	pushed, err := ReadPushed(ctx, j.access.Target)
	if err != nil {
		return invariants, err
	}
	sent, want := pushed.Sent-j.before, j.sends.Load()
	return append(invariants, Invariant{
		ID: "told-once", Title: "What was answered as announced had gone to each subscriber, once", Pass: sent == want,
		Observed: fmt.Sprintf("%d messages", sent), Expected: fmt.Sprint(want),
	}), nil
}
