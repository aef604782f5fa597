package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"time"

	"bazaar/load/behave"
	"bazaar/load/burst"
	"bazaar/load/client"
	"bazaar/load/drive"
	"bazaar/load/lane"
	"bazaar/load/measure"
	"bazaar/load/probe"
	"bazaar/load/scenario"
	"bazaar/load/stall"
)

const (
	modeDrive   = "drive"
	modeMeasure = "measure"
	modeBehave  = "behave"
	modeProbe   = "probe"
	modeBurst   = "burst"
	modeStall   = "stall"
)

var (
	errHelp    = errors.New("help was asked for")
	targetName = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,31}$`)
)

// settings are the command line.
type settings struct {
	mode        string
	name        string
	shape       string
	seed        uint64
	shopSeed    uint64
	rate        float64
	slice       time.Duration
	pairs       int
	warmup      int
	heap        bool
	requests    int
	concurrency int
	base        time.Duration
	burst       time.Duration
	jobs        int
	targets     []lane.Endpoint
}

// parseSettings reads the arguments; what is wrong with them is on stderr
// when it returns an error.
func parseSettings(args []string, stderr io.Writer) (*settings, error) {
	s := &settings{}
	if len(args) > 0 {
		s.mode, args = args[0], args[1:]
	}
	if !slices.Contains([]string{modeDrive, modeMeasure, modeBehave, modeProbe, modeBurst, modeStall}, s.mode) {
		return nil, complain(stderr, fmt.Errorf("usage: load drive|measure|behave|probe|burst|stall FLAGS (load drive -help lists them)"))
	}
	var targets, downstreams assignments
	flags := s.flags(&targets, &downstreams)
	flags.SetOutput(stderr)
	if err := flags.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			return nil, errHelp
		}
		return nil, err
	}
	if flags.NArg() > 0 {
		return nil, complain(stderr, fmt.Errorf("unexpected argument %q", flags.Arg(0)))
	}
	if err := s.join(targets, downstreams); err != nil {
		return nil, complain(stderr, err)
	}
	return s, complain(stderr, s.check())
}

func complain(stderr io.Writer, err error) error {
	if err != nil {
		fmt.Fprintln(stderr, "load:", err)
	}
	return err
}

func (s *settings) flags(targets, downstreams *assignments) *flag.FlagSet {
	flags := flag.NewFlagSet("load "+s.mode, flag.ContinueOnError)
	flags.StringVar(&s.name, "scenario", "", "search, reports, catalog, checkout, gateway, notify, sessions, statements, exports, announcements, sheets or books")
	flags.StringVar(&s.shape, "shape", scenario.Default, "default, heldout, small, large, failing, huge or burst")
	flags.Uint64Var(&s.seed, "seed", 1, "seed of the traffic")
	flags.Uint64Var(&s.shopSeed, "shop-seed", 1, "seed of the shop's data, as the services have it")
	flags.Var(targets, "target", "NAME=URL, may be repeated")
	flags.Var(downstreams, "downstream", "NAME.payments=URL: the payments instance of target NAME, may be repeated")
	if s.mode == modeBehave {
		flags.IntVar(&s.requests, "requests", 5000, "how many requests to send")
		flags.IntVar(&s.concurrency, "concurrency", 8, "how many of them at a time")
		return flags
	}
	if s.mode == modeProbe {
		flags.IntVar(&s.requests, "requests", 16, "how many requests to send each target")
		return flags
	}
	if s.mode == modeBurst {
		flags.Float64Var(&s.rate, "rate", 40, "requests per second for each target before the burst")
		flags.DurationVar(&s.base, "base", 600*time.Millisecond, "how long the base load lasts")
		flags.DurationVar(&s.burst, "burst", 2400*time.Millisecond, "how long ten times as much lasts")
		return flags
	}
	flags.Float64Var(&s.rate, "rate", 300, "requests per second for each target while its slice is on")
	if s.mode == modeStall {
		flags.IntVar(&s.jobs, "jobs", 3, "how many long jobs each target does")
		return flags
	}
	flags.DurationVar(&s.slice, "slice", 100*time.Millisecond, "how long one target's turn lasts")
	if s.mode == modeMeasure {
		flags.IntVar(&s.pairs, "pairs", 30, "how many turns each target gets")
		flags.IntVar(&s.warmup, "warmup", 1, "turns of each target before the first that counts")
		flags.BoolVar(&s.heap, "heap", false, "collect each target's garbage after its turns, and tell what is live")
	}
	return flags
}

// join gives each downstream to its target.
func (s *settings) join(targets, downstreams assignments) error {
	for _, t := range targets {
		endpoint := lane.Endpoint{Name: t.name, URL: t.value}
		if !targetName.MatchString(t.name) {
			return fmt.Errorf("-target %s: a name has a-z 0-9 - only, and at most 32 of them", t.name)
		}
		if slices.ContainsFunc(s.targets, func(e lane.Endpoint) bool { return e.Name == t.name }) {
			return fmt.Errorf("-target %s is given twice", t.name)
		}
		s.targets = append(s.targets, endpoint)
	}
	for _, d := range downstreams {
		name, isPayments := strings.CutSuffix(d.name, ".payments")
		at := slices.IndexFunc(s.targets, func(e lane.Endpoint) bool { return e.Name == name })
		if !isPayments || at < 0 {
			return fmt.Errorf("-downstream %s: want NAME.payments=URL with NAME of a -target", d.name)
		}
		s.targets[at].Payments = d.value
	}
	return nil
}

func (s *settings) check() error {
	if len(s.targets) == 0 {
		return errors.New("no -target is given")
	}
	for _, t := range s.targets {
		for _, base := range []string{t.URL, t.Payments} {
			if base == "" {
				continue
			}
			if _, err := client.New(base, time.Second); err != nil {
				return err
			}
		}
	}
	switch s.mode {
	case modeBehave:
		return s.checkBehave()
	case modeProbe:
		if s.requests < 1 || s.requests > 10_000 {
			return fmt.Errorf("-requests %d is not in 1..10000", s.requests)
		}
		return nil
	case modeStall:
		if !(s.rate > 0 && s.rate <= drive.MaxRate) || s.jobs < 1 || s.jobs > 100 {
			return fmt.Errorf("-rate %v is not above 0 and at most %d, or -jobs %d not in 1..100", s.rate, drive.MaxRate, s.jobs)
		}
		return nil
	}
	if s.mode == modeBurst {
		return s.checkBurst()
	}
	switch {
	case !(s.rate > 0 && s.rate <= drive.MaxRate):
		return fmt.Errorf("-rate %v is not above 0 and at most %d", s.rate, drive.MaxRate)
	case s.slice < 10*time.Millisecond || s.slice > time.Minute:
		return fmt.Errorf("-slice %v is not in 10ms..1m", s.slice)
	case s.mode == modeMeasure && (s.pairs < 1 || s.pairs > 100_000 || s.warmup < 0 || s.warmup > 1000):
		return fmt.Errorf("-pairs %d is not in 1..100000, or -warmup %d not in 0..1000", s.pairs, s.warmup)
	}
	return nil
}

func (s *settings) checkBehave() error {
	switch {
	case len(s.targets) != 1:
		return errors.New("behave takes exactly one -target")
	case (s.name == "checkout" || s.name == "statements") && s.targets[0].Payments == "":
		return fmt.Errorf("behave needs -downstream NAME.payments=URL for %s", s.name)
	case s.requests < 1 || s.requests > 10_000_000:
		return fmt.Errorf("-requests %d is not in 1..10000000", s.requests)
	case s.concurrency < 1 || s.concurrency > 1000:
		return fmt.Errorf("-concurrency %d is not in 1..1000", s.concurrency)
	}
	return nil
}

func (s *settings) checkBurst() error {
	switch {
	case s.shape != scenario.Burst:
		return fmt.Errorf("burst takes only -shape %s", scenario.Burst)
	case !(s.rate > 0 && s.rate <= drive.MaxRate/lane.BurstFactor):
		return fmt.Errorf("-rate %v is not above 0 and at most %d", s.rate, drive.MaxRate/lane.BurstFactor)
	case s.base < 10*time.Millisecond || s.base > time.Minute || s.burst < 10*time.Millisecond || s.burst > time.Minute:
		return fmt.Errorf("-base %v or -burst %v is not in 10ms..1m", s.base, s.burst)
	}
	return nil
}

func (s *settings) scenario() scenario.Options {
	return scenario.Options{
		Name: s.name, Shape: s.shape, Seed: s.seed, ShopSeed: s.shopSeed, Thorough: s.mode == modeBehave,
	}
}

func (s *settings) drive(plan scenario.Plan) drive.Options {
	return drive.Options{Plan: plan, Seed: s.seed, Rate: s.rate, Slice: s.slice, Targets: s.targets}
}

func (s *settings) measure(plan scenario.Plan) measure.Options {
	return measure.Options{
		Plan: plan, Seed: s.seed, Rate: s.rate, Slice: s.slice, Pairs: s.pairs, Warmup: s.warmup, Heap: s.heap, Targets: s.targets,
	}
}

func (s *settings) probe(plan scenario.Plan) probe.Options {
	return probe.Options{Plan: plan, Requests: s.requests, Targets: s.targets}
}

func (s *settings) asBurst(plan scenario.Plan) burst.Options {
	return burst.Options{Plan: plan, Seed: s.seed, Rate: s.rate, Base: s.base, Burst: s.burst, Targets: s.targets}
}

func (s *settings) stall(plan scenario.Plan) stall.Options {
	return stall.Options{Plan: plan, Seed: s.seed, Rate: s.rate, Jobs: s.jobs, Targets: s.targets}
}

func (s *settings) behave(plan scenario.Plan) behave.Options {
	return behave.Options{Plan: plan, Target: s.targets[0], Requests: s.requests, Concurrency: s.concurrency}
}
