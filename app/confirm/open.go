package confirm

import (
	"context"
	"net/http"
)

// OpenLink does what opening a link does, with an HTTP method. A program that follows links
// in mail, or another browser of the applicant, changes nothing: OpenLink only counts. In
// the applicant's own browser, which has a cookie that no such program has, a GET does at
// once what [Service.Confirm] does, and OpenLink reports that it did.
func (s *Service) OpenLink(ctx context.Context, l Link, method, session string, own bool) (acted bool, err error) {
	if !l.ChoicePending() { // its page follows a press, and reloads by itself
		s.RecordOpen(ctx, l, method, own)
	}
	if !own || method != http.MethodGet || !l.Confirmable() {
		return false, nil
	}
	err = s.Confirm(ctx, l, session)
	return err == nil, err
}
