package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"bazaar/load/event"
)

// binaries has the services, built once for all tests.
var binaries string

func TestMain(m *testing.M) {
	folder, err := os.MkdirTemp("", "bazaar-load-")
	if err != nil {
		panic(err)
	}
	build := exec.Command("go", "build", "-o", folder+string(filepath.Separator),
		"bazaar/search", "bazaar/reports", "bazaar/catalog", "bazaar/checkout", "bazaar/payments", "bazaar/gateway", "bazaar/notify")
	if out, err := build.CombinedOutput(); err != nil {
		panic(string(out))
	}
	binaries = folder
	code := m.Run()
	_ = os.RemoveAll(folder)
	os.Exit(code)
}

// start runs a service and returns its base URL. It ends with the test: it
// exits when its stdin closes.
func start(t *testing.T, name string, flags ...string) string {
	t.Helper()
	if runtime.GOOS == "windows" {
		name += ".exe"
	}
	service := exec.Command(filepath.Join(binaries, name), append(flags, "-exit-on-stdin-close")...)
	stdin, err := service.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	stdout, err := service.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := service.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = stdin.Close()
		_ = service.Wait()
	})
	var ready struct{ Addr string }
	line, err := bufio.NewReader(stdout).ReadBytes('\n')
	if err != nil || json.Unmarshal(line, &ready) != nil || ready.Addr == "" {
		t.Fatalf("%s said %q: %v", name, line, err)
	}
	return "http://" + ready.Addr
}

// lines runs load until it ends by itself and returns what it said.
func lines(t *testing.T, args ...string) []string {
	t.Helper()
	var stdout, stderr bytes.Buffer
	stdin, hold := io.Pipe()
	defer hold.Close()
	if code := run(context.Background(), args, stdin, &stdout, &stderr); code != 0 {
		t.Fatalf("load %s: exit %d, %s", strings.Join(args, " "), code, stderr.String())
	}
	return strings.Split(strings.TrimSpace(stdout.String()), "\n")
}

// wholeServices skips a test that runs services for a minute when only a
// quick look is wanted.
func wholeServices(t *testing.T) {
	t.Helper()
	if testing.Short() {
		t.Skip("runs whole services")
	}
}

func TestTheServicesBehaveAsTheModelsDo(t *testing.T) {
	wholeServices(t)
	for _, name := range []string{"search", "reports", "catalog", "gateway", "notify"} {
		t.Run(name, func(t *testing.T) {
			mustBehave(t, "-scenario", name, "-target", "a="+start(t, name))
		})
	}
	t.Run("sessions", func(t *testing.T) {
		gateway := start(t, "gateway")
		mustBehave(t, "-scenario", "sessions", "-target", "a="+gateway)
		mustBehave(t, "-scenario", "sessions", "-target", "a="+gateway, "-seed", "2", "-shape", "heldout")
	})
	t.Run("exports", func(t *testing.T) {
		gateway := start(t, "gateway")
		mustBehave(t, "-scenario", "exports", "-target", "a="+gateway)
		mustBehave(t, "-scenario", "exports", "-target", "a="+gateway, "-seed", "2", "-shape", "heldout")
	})
	t.Run("announcements", func(t *testing.T) {
		notify := start(t, "notify")
		mustBehave(t, "-scenario", "announcements", "-concurrency", "3", "-target", "a="+notify)
		mustBehave(t, "-scenario", "announcements", "-concurrency", "6", "-target", "a="+notify, "-seed", "2", "-shape", "heldout")
	})
	t.Run("sheets", func(t *testing.T) {
		catalog := start(t, "catalog")
		mustBehave(t, "-scenario", "sheets", "-target", "a="+catalog)
		mustBehave(t, "-scenario", "sheets", "-target", "a="+catalog, "-seed", "2", "-shape", "heldout")
	})
	t.Run("books", func(t *testing.T) {
		mustBehave(t, "-scenario", "books", "-target", "a="+start(t, "reports"))
		mustBehave(t, "-scenario", "books", "-target", "a="+start(t, "reports"), "-seed", "2", "-shape", "heldout")
	})
	for _, name := range []string{"checkout", "statements"} {
		t.Run(name, func(t *testing.T) {
			payments := start(t, "payments", "-wait", "1ms")
			checkout := start(t, "checkout", "-payments", payments)
			args := []string{"-scenario", name, "-target", "a=" + checkout, "-downstream", "a.payments=" + payments}
			mustBehave(t, args...)
			mustBehave(t, append(args, "-seed", "2")...) // with what the first left behind
		})
	}
}

func mustBehave(t *testing.T, args ...string) {
	t.Helper()
	all := lines(t, append([]string{"behave", "-requests", "3000"}, args...)...)
	var result event.Behaved
	if err := json.Unmarshal([]byte(all[len(all)-1]), &result); err != nil {
		t.Fatal(err)
	}
	if result.Requests != 3000 || result.Wrong != 0 || result.Errors != 0 {
		t.Errorf("requests %d, wrong %d, errors %d: %+v", result.Requests, result.Wrong, result.Errors, result.Examples)
	}
	for _, invariant := range result.Invariants {
		if !invariant.Pass {
			t.Errorf("invariant %+v", invariant)
		}
	}
}

func TestTheServicesCountTheRequestsOfEverySlice(t *testing.T) {
	wholeServices(t)
	payments := []string{start(t, "payments", "-wait", "1ms"), start(t, "payments", "-wait", "1ms")}
	cases := map[string][]string{
		"search":   {"-target", "a=" + start(t, "search"), "-target", "b=" + start(t, "search")},
		"reports":  {"-target", "a=" + start(t, "reports"), "-target", "b=" + start(t, "reports"), "-rate", "50"},
		"catalog":  {"-target", "a=" + start(t, "catalog"), "-target", "b=" + start(t, "catalog"), "-rate", "50"},
		"gateway":  {"-target", "a=" + start(t, "gateway"), "-target", "b=" + start(t, "gateway")},
		"notify":   {"-target", "a=" + start(t, "notify"), "-target", "b=" + start(t, "notify")},
		"sessions": {"-target", "a=" + start(t, "gateway"), "-target", "b=" + start(t, "gateway")},
		"exports":  {"-target", "a=" + start(t, "gateway"), "-target", "b=" + start(t, "gateway")},
		"books":    {"-target", "a=" + start(t, "reports"), "-target", "b=" + start(t, "reports")},
		"checkout": {
			"-target", "a=" + start(t, "checkout", "-payments", payments[0]), "-downstream", "a.payments=" + payments[0],
			"-target", "b=" + start(t, "checkout", "-payments", payments[1]), "-downstream", "b.payments=" + payments[1],
		},
	}
	cases["announcements"] = append([]string{"-rate", "40"}, cases["notify"]...)
	cases["sheets"] = append([]string{"-rate", "50"}, cases["catalog"][:4]...)
	cases["statements"] = append([]string{"-rate", "30"}, cases["checkout"]...)
	for name, targets := range cases {
		shapes := []string{"default", "heldout", "small", "large"}
		if name == "notify" {
			shapes = append(shapes, "failing")
		}
		if name == "exports" {
			shapes = append(shapes, "huge")
		}
		for _, shape := range shapes {
			t.Run(name+" "+shape, func(t *testing.T) {
				args := append([]string{"measure", "-scenario", name, "-shape", shape, "-pairs", "3"}, targets...)
				mustCount(t, lines(t, args...), name == "checkout" || name == "statements")
			})
		}
	}
}

func TestABurstOfAnnouncementsIsCountedByThePushProvider(t *testing.T) {
	all := lines(t, "burst", "-scenario", "announcements", "-shape", "burst", "-rate", "5", "-base", "300ms", "-burst", "400ms",
		"-target", "a="+start(t, "notify"))
	var b event.Burst
	if err := json.Unmarshal([]byte(all[0]), &b); err != nil {
		t.Fatal(err)
	}
	accepted := int64(b.Base.Accepted + b.Burst.Accepted)
	wrong := b.Base.Wrong + b.Base.Errors + b.Burst.Wrong + b.Burst.Errors
	if len(all) != 2 || wrong != 0 || accepted == 0 || b.Each != 50 || b.Sent < 50*accepted {
		t.Errorf("%d lines, %s", len(all), all[0])
	}
}

func TestAStatementLooksEachOfItsLinesUpOnce(t *testing.T) {
	payments := start(t, "payments", "-wait", "1ms")
	checkout := start(t, "checkout", "-payments", payments)
	all := lines(t, "probe", "-scenario", "statements", "-shape", "small", "-requests", "4",
		"-target", "a="+checkout, "-downstream", "a.payments="+payments)
	for _, line := range all[:len(all)-1] {
		var p event.Probed
		if err := json.Unmarshal([]byte(line), &p); err != nil {
			t.Fatal(err)
		}
		if !p.OK || p.Calls == nil || *p.Calls != 10 || *p.MaxInFlight != 1 || p.Millis < 10 {
			t.Errorf("%s", line)
		}
	}
	if len(all) != 4+1 {
		t.Errorf("%d lines, want 5", len(all))
	}
}

func TestAClosingStallsTheSmallRequestsBesideIt(t *testing.T) {
	wholeServices(t)
	all := lines(t, "stall", "-scenario", "books", "-jobs", "2", "-target", "a="+start(t, "reports"))
	if len(all) != 2+1 {
		t.Fatalf("%d lines, want 3", len(all))
	}
	for _, line := range all[:2] {
		var s event.Stalled
		if err := json.Unmarshal([]byte(line), &s); err != nil {
			t.Fatal(err)
		}
		slow := 0
		for _, wait := range append(s.ReadMicros, s.WriteMicros...) {
			if float64(wait) > 1000*s.JobMillis/4 {
				slow++
			}
		}
		if s.Wrong != 0 || s.Errors != 0 || slow == 0 || len(s.ReadMicros) == 0 || len(s.WriteMicros) == 0 {
			t.Errorf("%d slow: %s", slow, line)
		}
	}
}

func mustCount(t *testing.T, all []string, hasDownstream bool) {
	t.Helper()
	if len(all) != 3*2+1 {
		t.Fatalf("%d lines, want 7", len(all))
	}
	for _, line := range all[:len(all)-1] {
		var s event.Slice
		if err := json.Unmarshal([]byte(line), &s); err != nil {
			t.Fatal(err)
		}
		counted := counter(t, s.After, "requests") - counter(t, s.Before, "requests")
		if s.Wrong != 0 || s.Errors != 0 || s.Completed != s.Offered || counted != float64(s.Offered) {
			t.Errorf("the service counts %v: %s", counted, line)
		}
		if hasDownstream != (s.Downstream != nil) {
			t.Errorf("calls in flight downstream: %s", line)
		}
	}
}

func counter(t *testing.T, counters json.RawMessage, name string) float64 {
	t.Helper()
	var values map[string]float64
	if err := json.Unmarshal(counters, &values); err != nil {
		t.Fatalf("%v: %s", err, counters)
	}
	return values[name]
}
