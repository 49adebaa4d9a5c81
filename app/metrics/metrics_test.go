package metrics

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus/testutil"
)

// TestAClientAddsNoCounts sends methods and statuses that there are not: each count costs
// memory for as long as the program runs.
func TestAClientAddsNoCounts(t *testing.T) {
	t.Parallel()
	m := New("development")
	for i := range 1000 {
		m.Request(fmt.Sprintf("METHOD%d", i), "/en", 1000+i, time.Millisecond)
	}
	if n := testutil.CollectAndCount(m.requests); n != 1 {
		t.Errorf("a thousand methods and statuses make %d counts", n)
	}
}

type outage struct{ store string }

func (outage) Error() string     { return "a store does not answer" }
func (outage) Unavailable() bool { return true }
func (o outage) Store() string   { return o.store }

// TestOnlyOutagesOfStoresAreTheirErrors tells them apart from faults of the program.
func TestOnlyOutagesOfStoresAreTheirErrors(t *testing.T) {
	t.Parallel()
	m := New("development")
	for _, err := range []error{
		nil, errors.New("a fault"), outage{"redis"}, fmt.Errorf("wizard: %w", outage{"redis"}), errors.Join(errors.New("one"), outage{"sqlite"}),
	} {
		m.Failure(err)
	}
	for store, want := range map[string]float64{"redis": 2, "sqlite": 1, "other": 0} {
		if got := testutil.ToFloat64(m.failures.WithLabelValues(store)); got != want {
			t.Errorf("%s has %v errors, want %v", store, got, want)
		}
	}
}

// TestADiskThatIsNotThereHasNoRoom also looks at one that is.
func TestADiskThatIsNotThereHasNoRoom(t *testing.T) {
	t.Parallel()
	if d := DiskOf(t.TempDir()); d.Size == 0 || d.Free > d.Size {
		t.Errorf("the disk has %+v", d)
	}
	if d := DiskOf(t.TempDir() + "/nowhere"); d != (Disk{}) {
		t.Errorf("a folder that is not there has %+v", d)
	}
}
