package confirm

import (
	"context"
	"net/http"
)

// Open does what opening a link does, with an HTTP method. A program that follows links
// in mail, or another browser of the applicant, changes nothing: Open only counts. In
// the applicant's own browser, which has a cookie that no such program has, a GET
// confirms at once, and Open reports that it did.
func (s *Service) Open(ctx context.Context, l Link, method string, own bool) (confirmed bool, err error) {
	if !l.ChoicePending() { // its page follows a press, and reloads by itself
		s.RecordOpen(ctx, l, method, own)
	}
	if !own || method != http.MethodGet || !l.Confirmable() {
		return false, nil
	}
	return true, s.Confirm(ctx, l)
}
