package metrics

import "errors"

// Failure counts an error if it says that a store cannot be used now. Such an error has a
// method Unavailable, and a method Store that names the store.
func (m *Metrics) Failure(err error) {
	var outage interface{ Unavailable() bool }
	if !errors.As(err, &outage) || !outage.Unavailable() {
		return
	}
	name, named := "other", interface{ Store() string }(nil)
	if errors.As(err, &named) {
		name = named.Store()
	}
	m.failures.WithLabelValues(name).Inc()
}
