package scenario

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"reflect"
	"strings"
	"sync/atomic"
)

// Rules that answers of every service can break.
const (
	ruleServerError = "server-error"
	ruleMustAccept  = "must-accept"
	ruleMustRefuse  = "must-refuse"
	ruleStatus      = "status"
	ruleErrorCode   = "error-code"
	ruleContentType = "content-type"
	ruleNotJSON     = "not-json"
)

const (
	mediaJSON = "application/json"
	mediaCSV  = "text/csv"
)

// jsonAnswer expects 200 and a JSON value. Spelling (spaces, order of keys) is
// the service's own affair; a spelling found right is remembered, so that the
// next one like it costs no parsing.
type jsonAnswer struct {
	body    []byte
	explain func(want, got []byte) string // names the rule for a different value
	also    atomic.Pointer[[]byte]
}

func (j *jsonAnswer) check(a Answer) *Fault {
	if rule := wrongHead(a, mediaJSON); rule != "" {
		return &Fault{Rule: rule, Expected: j.String()}
	}
	if bytes.Equal(a.Body, j.body) {
		return nil
	}
	if also := j.also.Load(); also != nil && bytes.Equal(a.Body, *also) {
		return nil
	}
	got, err := parseJSON(a.Body)
	if err != nil {
		return &Fault{Rule: ruleNotJSON, Expected: j.String()}
	}
	want, err := parseJSON(j.body)
	if err != nil || !reflect.DeepEqual(got, want) {
		return &Fault{Rule: j.explain(j.body, a.Body), Expected: j.String()}
	}
	spelling := bytes.Clone(a.Body)
	j.also.Store(&spelling)
	return nil
}

func (j *jsonAnswer) example() Answer {
	return Answer{Status: http.StatusOK, ContentType: mediaJSON, Body: j.body}
}

func (j *jsonAnswer) String() string { return "200 " + string(j.body) }

// refusal expects an error answer with a status and a code; its message is
// the service's own affair.
type refusal struct {
	status int
	code   string
}

func (r refusal) check(a Answer) *Fault {
	rule := ""
	switch {
	case a.Status >= 500:
		rule = ruleServerError
	case a.Status < 300:
		rule = ruleMustRefuse
	case a.Status != r.status:
		rule = ruleStatus
	default:
		rule = wrongError(a, r.code)
	}
	if rule == "" {
		return nil
	}
	return &Fault{Rule: rule, Expected: r.String()}
}

func (r refusal) example() Answer {
	body := fmt.Sprintf(`{"error":{"code":%q,"message":"refused"}}`, r.code)
	return Answer{Status: r.status, ContentType: mediaJSON, Body: []byte(body)}
}

func (r refusal) String() string {
	return fmt.Sprintf(`%d {"error":{"code":%q,"message":…}}`, r.status, r.code)
}

// wrongHead names the rule that status or content type of a 200 break, or "".
func wrongHead(a Answer, media string) string {
	switch {
	case a.Status >= 500:
		return ruleServerError
	case a.Status >= 400:
		return ruleMustAccept
	case a.Status != http.StatusOK:
		return ruleStatus
	case !isMedia(a.ContentType, media):
		return ruleContentType
	}
	return ""
}

// wrongError names the rule that the body of an error answer breaks, or "".
func wrongError(a Answer, code string) string {
	if !isMedia(a.ContentType, mediaJSON) {
		return ruleContentType
	}
	var body struct {
		Error struct {
			Code    string `json:"code"`
			Message string `json:"message"`
		} `json:"error"`
	}
	if json.Unmarshal(a.Body, &body) != nil {
		return ruleNotJSON
	}
	if body.Error.Code != code || body.Error.Message == "" {
		return ruleErrorCode
	}
	return ""
}

func isMedia(contentType, media string) bool {
	kind, _, _ := strings.Cut(contentType, ";")
	return strings.EqualFold(strings.TrimSpace(kind), media)
}

// parseJSON reads exactly one value and keeps its numbers as written.
func parseJSON(text []byte) (any, error) {
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	var value any
	if err := decoder.Decode(&value); err != nil {
		return nil, err
	}
	if _, err := decoder.Token(); err != io.EOF {
		return nil, fmt.Errorf("more than one value")
	}
	return value, nil
}

func mustJSON(value any) []byte {
	text, err := json.Marshal(value)
	if err != nil {
		panic(err) // only called with plain structs
	}
	return text
}
