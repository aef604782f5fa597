package push

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"
)

const device = "0123456789abcdef0123456789abcdef"

func counts() lineJSON { return account.read().(lineJSON) }

func TestAMessageHasAReceiptAndTakesAWhile(t *testing.T) {
	before, began := counts(), time.Now()
	for range 2 {
		receipt, err := Send(context.Background(), device, "Today only")
		if err != nil || receipt != "r-39a4228802c0" {
			t.Errorf("%q, %v", receipt, err)
		}
	}
	if spent := time.Since(began); spent < 2*took {
		t.Errorf("two messages took %v", spent)
	}
	after := counts()
	if after.Sent != before.Sent+2 || after.InFlight != 0 || after.InLine != 0 {
		t.Errorf("%+v, before %+v", after, before)
	}
	slot, passed := after.SlotNanos-before.SlotNanos, after.Nanos-before.Nanos
	if slot < 2*took.Nanoseconds() || slot > passed {
		t.Errorf("one slot was taken for %d ns of %d", slot, passed)
	}
}

func TestUnregisteredDevicesAndLongTextsAreRefused(t *testing.T) {
	before := counts().Sent
	for _, token := range []string{"", "0", strings.ToUpper(device), device + device, device + "," + device} {
		if _, err := Send(context.Background(), token, "Today only"); !errors.Is(err, ErrUnregistered) {
			t.Errorf("%q: %v", token, err)
		}
	}
	if _, err := Send(context.Background(), device, strings.Repeat("n", maxText+1)); !errors.Is(err, ErrTooLong) {
		t.Errorf("a long text: %v", err)
	}
	if sent := counts().Sent - before; sent != 5 {
		t.Errorf("%d were under way, want 5", sent)
	}
}

func TestThereAreSoManySlotsAndTheRestStandsInLine(t *testing.T) {
	before := counts().Sent
	var sends sync.WaitGroup
	for range 3 * Slots {
		sends.Add(1)
		go func() {
			defer sends.Done()
			if _, err := Send(context.Background(), device, "Today only"); err != nil {
				t.Error(err)
			}
		}()
	}
	sends.Wait()
	if c := counts(); c.Sent != before+3*Slots || c.MostInFlight != Slots || c.MostInLine == 0 || c.InFlight != 0 || c.InLine != 0 {
		t.Errorf("%+v", c)
	}
}

func TestWhoGivesUpIsNotCounted(t *testing.T) {
	before := counts().Sent
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Send(ctx, device, "Today only"); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
	full := newLine(1)
	if err := full.enter(context.Background()); err != nil {
		t.Fatal(err)
	}
	if err := full.enter(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("in line: %v", err)
	}
	if c := full.read().(lineJSON); c.InLine != 0 || c.MostInLine != 1 || c.InFlight != 1 || counts().Sent != before {
		t.Errorf("%+v", c)
	}
}
