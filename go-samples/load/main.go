// Load is the traffic of the lab, and its oracle: it sends one service seeded
// requests and checks every answer against a reference model of its own.
//
//	load drive   -scenario search -target base=URL -target candidate=URL -rate 300
//	load measure -scenario search -target base=URL -target candidate=URL -rate 300 -pairs 30
//	load behave  -scenario checkout -target candidate=URL -downstream candidate.payments=URL
//	load probe   -scenario statements -shape small -target base=URL -target candidate=URL
//	load burst   -scenario announcements -shape burst -target base=URL -target candidate=URL
//	load stall   -scenario books -target base=URL -target candidate=URL -rate 300
//
// drive keeps traffic up until it is told to stop, measure compares targets in
// alternating slices, behave asks one target everything that it may get wrong,
// probe sends one request at a time, burst sends ten times as many as before, stall has long jobs done beside small requests.
// stdout has one JSON object a line, stdin takes commands of the same form;
// the end of stdin, TERM or INT stop the program. Bad flags: exit 2.
package main

import (
	"bufio"
	"context"
	"errors"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"syscall"

	"bazaar/load/behave"
	"bazaar/load/burst"
	"bazaar/load/drive"
	"bazaar/load/event"
	"bazaar/load/measure"
	"bazaar/load/probe"
	"bazaar/load/scenario"
	"bazaar/load/stall"
)

// maxLine bounds a command.
const maxLine = 1 << 20

func main() {
	slog.SetDefault(slog.New(slog.NewTextHandler(os.Stderr, nil)))
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// run is main with its surroundings handed in; it returns the exit code.
func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	s, err := parseSettings(args, stderr)
	if errors.Is(err, errHelp) {
		return 0
	}
	if err != nil {
		return 2
	}
	plan, err := scenario.New(s.scenario())
	if err != nil {
		complain(stderr, err)
		return 2
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	lines := make(chan []byte)
	go func() {
		defer cancel()
		readLines(ctx, stdin, lines)
	}()
	err = s.start(ctx, plan, lines, event.NewWriter(stdout))
	if err != nil && ctx.Err() == nil {
		slog.Error("load "+s.mode, "err", err)
		return 1
	}
	return 0
}

func (s *settings) start(ctx context.Context, plan scenario.Plan, lines <-chan []byte, out *event.Writer) error {
	switch s.mode {
	case modeDrive:
		commands := make(chan drive.Command)
		go driveCommands(ctx, lines, commands)
		return drive.Run(ctx, s.drive(plan), commands, out)
	case modeMeasure:
		stop := make(chan struct{})
		go stopCommand(ctx, lines, stop)
		return measure.Run(ctx, s.measure(plan), stop, out)
	case modeBurst:
		go ignoreCommands(ctx, lines)
		return burst.Run(ctx, s.asBurst(plan), out)
	case modeProbe:
		go ignoreCommands(ctx, lines)
		return probe.Run(ctx, s.probe(plan), out)
	case modeStall:
		go ignoreCommands(ctx, lines)
		return stall.Run(ctx, s.stall(plan), out)
	default:
		go ignoreCommands(ctx, lines)
		return behave.Run(ctx, s.behave(plan), out)
	}
}

// readLines hands on the lines of in until it ends or ctx does.
func readLines(ctx context.Context, in io.Reader, lines chan<- []byte) {
	scanner := bufio.NewScanner(in)
	scanner.Buffer(nil, maxLine)
	for scanner.Scan() {
		line := append([]byte(nil), scanner.Bytes()...)
		select {
		case lines <- line:
		case <-ctx.Done():
			return
		}
	}
	if err := scanner.Err(); err != nil {
		slog.Error("stdin", "err", err)
	}
}
