package metrics

import (
	"context"
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

// A Standing is how the program stands when Prometheus looks.
type Standing struct {
	Ready   map[string]bool // by store: whether it can be used
	Mail    []Letters       // letters that wait, and those that ended within the last hour
	Overdue time.Duration   // since when the letter is due that has waited longest
	Budgets map[string]Use  // by budget
	Disk    Disk
}

// Letters are how many letters of a kind are in a state.
type Letters struct {
	Kind, State string
	Count       int
}

// A Use is how much of a budget is used; with a Max of 0 there is no limit.
type Use struct{ Used, Max int }

// patience is how long a look may take.
const patience = 5 * time.Second

// Ask makes each look of Prometheus call ask for how the program stands. What ask could
// not find out it leaves out. Ask must be called once at most, before [Metrics.Serve].
func (m *Metrics) Ask(ask func(context.Context) Standing) {
	m.registry.MustRegister(standing(ask))
}

// standing is a [prometheus.Collector].
type standing func(context.Context) Standing

// What a look tells.
var (
	ready       = describe("ready", "1 if a store can be used, otherwise 0.", "store")
	letters     = describe("mails", "Letters: waiting, late, retried; and those of the last hour: delivered, refused, cancelled.", "kind", "state")
	overdue     = describe("mail_overdue_seconds", "Since when the letter is due that has waited longest.")
	budgetUsed  = describe("budget_used", "What counts in a budget now.", "budget")
	budgetLimit = describe("budget_limit", "What a budget allows.", "budget")
	diskFree    = describe("disk_free_bytes", "Bytes that are free where the data is.")
	diskSize    = describe("disk_size_bytes", "Size of the disk where the data is.")
)

func describe(name, help string, labels ...string) *prometheus.Desc {
	return prometheus.NewDesc(prefix+name, help, labels, nil)
}

// Describe tells which values there are.
func (standing) Describe(out chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{ready, letters, overdue, budgetUsed, budgetLimit, diskFree, diskSize} {
		out <- d
	}
}

// Collect asks, and tells the values.
func (ask standing) Collect(out chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	tell := func(d *prometheus.Desc, value float64, labels ...string) {
		out <- prometheus.MustNewConstMetric(d, prometheus.GaugeValue, value, labels...)
	}
	s := ask(ctx)
	for store, ok := range s.Ready {
		tell(ready, map[bool]float64{true: 1}[ok], store)
	}
	for _, l := range s.Mail {
		tell(letters, float64(l.Count), l.Kind, l.State)
	}
	if s.Mail != nil {
		tell(overdue, s.Overdue.Seconds())
	}
	for budget, use := range s.Budgets {
		tell(budgetUsed, float64(use.Used), budget)
		tell(budgetLimit, float64(use.Max), budget)
	}
	if s.Disk.Size > 0 {
		tell(diskFree, float64(s.Disk.Free))
		tell(diskSize, float64(s.Disk.Size))
	}
}
