// Package metrics counts what the program does, for Prometheus. The counts say nothing of
// a person: their labels are routes, sections, languages, kinds and states, of which there
// are few. The other rooms do not know this package: they call functions that they are
// given, or are asked when Prometheus looks.
package metrics

import (
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
)

// Metrics are the counts of one program. Its methods may be called concurrently.
type Metrics struct {
	registry *prometheus.Registry
	requests *prometheus.CounterVec
	seconds  *prometheus.HistogramVec
	steps    *prometheus.CounterVec
	full     *prometheus.CounterVec
	failures *prometheus.CounterVec
}

// buckets are the bounds of the times of requests, in seconds.
var buckets = []float64{.005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10}

// New returns the counts of a program of a version, all of them zero.
func New(version string) *Metrics {
	m := &Metrics{
		registry: prometheus.NewRegistry(),
		requests: counter("requests_total", "Requests for pages, by route, method and class of status.", "route", "method", "class"),
		seconds: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: prefix + "request_seconds", Help: "Time from a request to its answer, by route and method.", Buckets: buckets,
		}, []string{"route", "method"}),
		steps:    counter("funnel_total", "Steps to membership: begun, section, sent, confirmed.", "step", "section", "lang", "form"),
		full:     counter("budget_refusals_total", "Letters that had to wait and drafts that could not begin, by budget.", "budget"),
		failures: counter("store_errors_total", "Requests that failed because of a store.", "store"),
	}
	build := gauge("build_info", "1, with the version of the program.", "version")
	build.WithLabelValues(version).Set(1)
	m.registry.MustRegister(m.requests, m.seconds, m.steps, m.full, m.failures, build,
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	m.begin()
	return m
}

// prefix begins the name of every count of ours.
const prefix = "joinery_"

// begin sets the counts to zero of which the labels are known: an alert sees no rise in
// what was not there before.
func (m *Metrics) begin() {
	for _, budget := range []string{MailNetwork, MailTotal, DraftsNetwork, DraftsTotal} {
		m.full.WithLabelValues(budget)
	}
	for _, store := range []string{"sqlite", "redis", "other"} {
		m.failures.WithLabelValues(store)
	}
}

func counter(name, help string, labels ...string) *prometheus.CounterVec {
	return prometheus.NewCounterVec(prometheus.CounterOpts{Name: prefix + name, Help: help}, labels)
}

func gauge(name, help string, labels ...string) *prometheus.GaugeVec {
	return prometheus.NewGaugeVec(prometheus.GaugeOpts{Name: prefix + name, Help: help}, labels)
}

// Request counts a request for a page, which has the route that the program knows it by,
// never its path.
func (m *Metrics) Request(method, route string, status int, took time.Duration) {
	if method != "GET" && method != "POST" {
		method = "other" // a client may write anything
	}
	m.requests.WithLabelValues(route, method, class(status)).Inc()
	m.seconds.WithLabelValues(route, method).Observe(took.Seconds())
}

// class returns the class of a status, such as 2xx.
func class(status int) string {
	if status < 100 || status > 599 {
		return "other"
	}
	return string(rune('0'+status/100)) + "xx"
}

// The budgets.
const (
	MailNetwork   = "mail_network"
	MailTotal     = "mail_total"
	DraftsNetwork = "drafts_network"
	DraftsTotal   = "drafts_total"
)

// Full counts that a budget was used up when something was asked of it.
func (m *Metrics) Full(budget string) { m.full.WithLabelValues(budget).Inc() }

// Step counts a step to membership. Section is "" but for a finished section.
func (m *Metrics) Step(step, section, lang, form string) {
	m.steps.WithLabelValues(step, section, lang, form).Inc()
}
