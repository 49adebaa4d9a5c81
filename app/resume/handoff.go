package resume

import (
	"context"
	"errors"
	"fmt"
	"time"

	"joinery/app/access"
	"joinery/app/i18n"
	"joinery/app/token"
	"joinery/app/wizard"
)

// A hand-off code is short enough to be typed from one screen to another. It is
// good for minutes, and there are few attempts at its 24^8 values. A device that
// forgets what it is told counts as a new one at each attempt, so its network has a
// limit too, which people who mistype do not reach, and so have all networks. Of a
// hundred codes, guesses at the last limit find one in a year.
const (
	handoffTTL      = 10 * time.Minute
	deviceAttempts  = 5
	networkAttempts = 1000
	allAttempts     = 20000
)

// everyone returns the client of which all attempts of these minutes are. Its count ends
// with them, however many codes are typed.
func everyone(now time.Time) string {
	return fmt.Sprintf("everyone since %d", now.Truncate(handoffTTL).Unix())
}

// A Handoff is a code that hands a draft over to another device.
type Handoff struct {
	Code    string
	Expires time.Time
	Used    bool // the other device has the draft
}

// CreateHandoff makes a code for a draft. An earlier code of that draft ends. It
// returns [wizard.ErrNoDraft] when there is no draft, or it was closed in this browser.
func (s *Service) CreateHandoff(ctx context.Context, p wizard.Progress, lang i18n.Lang) error {
	if !p.HasDraft() {
		return wizard.ErrNoDraft
	}
	now := s.o.Now()
	return noDraft(s.o.Access.AddHandoff(ctx, access.Grant{
		Digest: token.Digest(handoffCode(p.Session, now)), Kind: access.ByHandoff, Draft: p.Draft.Key,
		Lang: lang, CreatedAt: now, ExpiresAt: now.Add(handoffTTL),
	}, token.Digest(p.Session)))
}

// Handoff returns the code that the browser made last, and whether there is one
// that is still good. It changes nothing: the code follows from the session and
// from when it was made, so no store has to keep it.
func (s *Service) Handoff(ctx context.Context, p wizard.Progress) (h Handoff, ok bool, err error) {
	grant, err := s.o.Access.HandoffGrant(ctx, p.Info.Draft)
	if errors.Is(err, access.ErrNotFound) {
		return Handoff{}, false, nil
	}
	if err != nil {
		return Handoff{}, false, err
	}
	h = Handoff{Code: handoffCode(p.Session, grant.CreatedAt), Expires: grant.ExpiresAt, Used: grant.UsedBy != ""}
	return h, token.Digest(h.Code) == grant.Digest && s.o.Now().Before(grant.ExpiresAt), nil
}

// handoffCode returns the code that a browser makes in this second.
func handoffCode(session string, made time.Time) string {
	return token.DerivedCode(fmt.Sprintf("hand over %s at %d", session, made.Unix()), token.HandoffLength)
}

// A Client is what types a code: a device in a network, as far as it can be told
// from others.
type Client struct{ Device, Network string }

// CheckHandoff returns what a typed code leads to, or a code in a pasted text, see
// [token.Codes]. A code that opens nothing is Mistyped, and left says how many attempts
// remain. Once there are none, a code made before the last of them opens nothing
// either; if others in the network have used them up, it is Crowded. What is
// Malformed, ForConfirm or ForMember costs no attempt.
func (s *Service) CheckHandoff(ctx context.Context, typed string, by Client) (l Link, left int, err error) {
	codes := token.Codes(typed, token.HandoffLength)
	if len(codes) == 0 {
		return Link{Status: statusWithoutCode(typed)}, 0, nil
	}
	tried, err := s.countAttempts(ctx, by)
	if err != nil {
		return Link{}, 0, err
	}
	l, err = s.findHandoff(ctx, codes)
	if err != nil {
		return Link{}, 0, err
	}
	if l.Status == Mistyped || tried.refuses(l.grant.CreatedAt) {
		return Link{Status: tried.status()}, max(0, min(deviceAttempts-tried.byDevice, networkAttempts-tried.byNetwork)), nil
	}
	return l, 0, s.refundAttempts(ctx, tried)
}

// statusWithoutCode returns the status of a text that means no code of a device. Its form
// alone decides, so the status tells nothing of which codes there are.
func statusWithoutCode(typed string) Status {
	if token.IsCode(typed, token.MemberLength) {
		return ForMember
	}
	if len(token.Codes(typed, token.ConfirmLength)) > 0 {
		return ForConfirm
	}
	return Malformed
}

// findHandoff returns the first of the codes that is one, or a link that is Mistyped.
func (s *Service) findHandoff(ctx context.Context, codes []string) (l Link, err error) {
	for _, code := range codes {
		if l, err = s.find(ctx, code, access.ByHandoff); err != nil || l.Status != Mistyped {
			return l, err
		}
	}
	return l, nil
}

// attempts are how many codes were typed lately, with this one, and when the one
// before was.
type attempts struct {
	byDevice, byNetwork     int
	lastDevice, lastNetwork time.Time
	counted                 []string // the clients of which this one was counted
}

// countAttempts counts an attempt before it is judged: attempts at the same time
// are all counted. Beyond the limit of a network, further ones are counted of it alone, so
// that one network cannot use up the attempts of all. Beyond the limit of all, further ones
// make no more rows. Either count as that many of the network.
func (s *Service) countAttempts(ctx context.Context, by Client) (a attempts, err error) {
	of, err := s.o.Access.Attempts(ctx, token.Digest(by.Network), s.o.Now())
	if err != nil {
		return a, err
	}
	if of >= networkAttempts {
		return s.countBeyond(ctx, by.Network)
	}
	all := everyone(s.o.Now())
	if of, err = s.o.Access.Attempts(ctx, token.Digest(all), s.o.Now()); err != nil {
		return a, err
	}
	if of >= allAttempts {
		return s.countBeyond(ctx, all)
	}
	return s.countWithin(ctx, by, all)
}

// countBeyond counts an attempt of a client that has used up its own.
func (s *Service) countBeyond(ctx context.Context, client string) (attempts, error) {
	n, last, err := s.o.Access.CountAttempt(ctx, token.Digest(client), s.o.Now())
	return attempts{n, n, last, last, []string{client}}, err
}

// countWithin counts an attempt of a device, of its network and of all.
func (s *Service) countWithin(ctx context.Context, by Client, all string) (a attempts, err error) {
	a.counted = []string{all, by.Network, by.Device}
	if _, _, err = s.o.Access.CountAttempt(ctx, token.Digest(all), s.o.Now()); err != nil {
		return a, err
	}
	if a.byNetwork, a.lastNetwork, err = s.o.Access.CountAttempt(ctx, token.Digest(by.Network), s.o.Now()); err != nil {
		return a, err
	}
	a.byDevice, a.lastDevice, err = s.o.Access.CountAttempt(ctx, token.Digest(by.Device), s.o.Now())
	return a, err
}

// refundAttempts takes back what countAttempts has counted for a right code.
func (s *Service) refundAttempts(ctx context.Context, a attempts) error {
	var errs []error
	for _, client := range a.counted {
		errs = append(errs, s.o.Access.RefundAttempt(ctx, token.Digest(client)))
	}
	return errors.Join(errs...)
}

// status returns the status of a code that opens nothing: Crowded if the attempts of
// other devices in the network alone leave none.
func (a attempts) status() Status {
	if a.byNetwork > networkAttempts || a.byNetwork == networkAttempts && a.byDevice < deviceAttempts {
		return Crowded
	}
	return Mistyped
}

// refuses reports whether too many codes were typed for one that was made at a
// time to be accepted.
func (a attempts) refuses(made time.Time) bool {
	return a.byDevice > deviceAttempts && !made.After(a.lastDevice) || a.byNetwork > networkAttempts && !made.After(a.lastNetwork)
}
