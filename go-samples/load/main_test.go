package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"io"
	"strings"
	"testing"
)

func TestBadFlagsEndWithTwoAndAMessage(t *testing.T) {
	target := "-target a=http://127.0.0.1:1"
	for _, args := range []string{
		"", "watch", "drive", "drive -scenario search", "drive " + target, "drive -scenario other " + target,
		"drive -scenario search -shape round " + target, "drive -scenario search -target a",
		"drive -scenario search -target a=https://127.0.0.1:1", "drive -scenario search -target A=http://127.0.0.1:1",
		"drive -scenario search -target a=http://127.0.0.1:1/path", "drive -scenario search " + target + " " + target,
		"drive -scenario search -rate 0 " + target, "drive -scenario search -rate -5 " + target, "drive -scenario search -rate NaN " + target,
		"drive -scenario search -slice 1ms " + target, "drive -scenario search -pairs 3 " + target, "drive -scenario search -heap " + target,
		"drive -scenario checkout -downstream b.payments=http://127.0.0.1:2 " + target,
		"drive -scenario checkout -downstream a.mail=http://127.0.0.1:2 " + target,
		"measure -scenario search -pairs 0 " + target, "measure -scenario search " + target + " extra",
		"behave -scenario checkout " + target, "behave -scenario search -concurrency 0 " + target,
		"behave -scenario search " + target + " -target b=http://127.0.0.1:2", "behave -scenario statements " + target,
		"stall -scenario books -rate 0 " + target, "stall -scenario books -jobs 0 " + target, "stall -scenario books -slice 1s " + target,
		"probe -scenario search -requests 0 " + target, "probe -scenario search -rate 5 " + target,
		"burst -scenario announcements " + target, "burst -scenario search -shape burst " + target, "behave -scenario notify -shape burst " + target,
		"burst -scenario announcements -shape burst -rate 0 " + target, "burst -scenario announcements -shape burst -base 1ms " + target,
	} {
		var stdout, stderr bytes.Buffer
		code := run(context.Background(), strings.Fields(args), strings.NewReader(""), &stdout, &stderr)
		if code != 2 || stderr.Len() == 0 || stdout.Len() != 0 {
			t.Errorf("load %s: exit %d, stdout %q, stderr %q", args, code, stdout.String(), stderr.String())
		}
	}
}

func TestDriveTakesCommandsAndEndsWithItsStdin(t *testing.T) {
	url := start(t, "search")
	stdin, write := io.Pipe()
	read, stdout := io.Pipe()
	ended := make(chan int, 1)
	go func() {
		ended <- run(context.Background(), strings.Fields("drive -scenario search -rate 100 -target a="+url), stdin, stdout, io.Discard)
		stdout.Close()
	}()
	go func() {
		_, _ = io.WriteString(write, "\nnonsense\n{\"do\":\"one\"}\n")
	}()
	sent, ones := 0.0, 0
	for scanner := bufio.NewScanner(read); scanner.Scan(); {
		var line struct {
			Event string
			Sent  float64
			Wrong float64
			OK    bool
		}
		if err := json.Unmarshal(scanner.Bytes(), &line); err != nil {
			t.Fatalf("%v: %s", err, scanner.Bytes())
		}
		switch line.Event {
		case "one":
			ones++
			if !line.OK {
				t.Errorf("one request: %s", scanner.Bytes())
			}
		case "stats":
			sent += line.Sent
		default:
			t.Errorf("unexpected %s", scanner.Bytes())
		}
		if sent > 100 && ones == 1 {
			write.Close()
		}
	}
	if code := <-ended; code != 0 {
		t.Errorf("exit %d", code)
	}
}
