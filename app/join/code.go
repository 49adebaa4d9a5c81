package join

import (
	"context"
	"errors"
	"fmt"
	"time"

	"joinery/app/access"
	"joinery/app/i18n"
	"joinery/app/token"
)

// A code is short enough to be typed from one screen to another. It is made
// for minutes, and who guesses has few tries among 24^8 codes. A device is told
// by what it says of itself, which it can change at each try: so its network
// has a limit too, wide enough for a hospital.
const (
	handoffLength   = 8
	handoffTTL      = 10 * time.Minute
	deviceAttempts  = 5
	networkAttempts = 50
)

// A HandoffCode hands a draft over to another device.
type HandoffCode struct {
	Code    string
	Expires time.Time
	Used    bool // the other device has it
}

// CreateHandoff makes a code for the draft that the browser with the given id
// holds. An earlier code of that draft ends. It returns ErrNoDraft when there
// is no draft.
func (s *Service) CreateHandoff(ctx context.Context, id string, lang i18n.Lang) error {
	progress, err := s.Progress(ctx, id)
	switch {
	case err != nil:
		return err
	case progress.Draft.Key == "":
		return ErrNoDraft
	}
	return s.Access.AddGrant(ctx, access.Grant{
		Digest: token.Digest(handoffCode(id, s.Now())), Kind: access.ByHandoff, Draft: progress.Draft.Key,
		Lang: lang, CreatedAt: s.Now(), ExpiresAt: s.Now().Add(handoffTTL),
	})
}

// HandoffCode returns the code that this browser made last, or ErrNoDraft when it
// made none or its time is over. It changes nothing: the code follows from the
// id and from when it was made, so that no store has to keep it.
func (s *Service) HandoffCode(ctx context.Context, id string) (HandoffCode, error) {
	entry, err := s.session(ctx, id)
	if err != nil {
		return HandoffCode{}, err
	}
	w, err := s.Access.HandoffGrant(ctx, entry.Draft)
	if errors.Is(err, access.ErrNotFound) {
		return HandoffCode{}, ErrNoDraft
	}
	if err != nil {
		return HandoffCode{}, err
	}
	c := HandoffCode{Code: handoffCode(id, w.CreatedAt), Expires: w.ExpiresAt, Used: w.UsedBy != ""}
	if token.Digest(c.Code) != w.Digest || !s.Now().Before(w.ExpiresAt) {
		return HandoffCode{}, ErrNoDraft
	}
	return c, nil
}

// handoffCode returns the code that a browser makes in this second.
func handoffCode(session string, made time.Time) string {
	return token.DerivedCode(fmt.Sprintf("hand over %s at %d", session, made.Unix()), handoffLength)
}

// A Client is who types a code: a device in a network, as far as they can be
// told from others.
type Client struct{ Device, Network string }

// RedeemHandoff finds the way that a typed code opens, whatever its case and the
// blanks in it. Of a code that opens nothing the Way is Mistyped, and left says
// how many tries remain. Once there are none, a code made before the last of
// them opens nothing either.
func (s *Service) RedeemHandoff(ctx context.Context, typed string, by Client) (w ResumeLink, left int, err error) {
	// Counted before it is judged: tries at the same time are all counted.
	all, earlier, err := s.Access.CountAttempt(ctx, token.Digest(by.Network), s.Now())
	if err != nil {
		return ResumeLink{}, 0, err
	}
	mine, before := all, earlier
	if all <= networkAttempts { // beyond that, other devices make no more rows
		mine, before, err = s.Access.CountAttempt(ctx, token.Digest(by.Device), s.Now())
	}
	if err != nil {
		return ResumeLink{}, 0, err
	}
	w, err = s.way(ctx, token.NormalizeCode(typed), access.ByHandoff)
	if err != nil {
		return ResumeLink{}, 0, err
	}
	made := w.found.CreatedAt
	late := mine > deviceAttempts && !made.After(before) || all > networkAttempts && !made.After(earlier)
	if w.Status == Mistyped || late {
		return ResumeLink{Status: Mistyped}, max(0, min(deviceAttempts-mine, networkAttempts-all)), nil
	}
	return w, 0, errors.Join(s.Access.RefundAttempt(ctx, token.Digest(by.Device)), s.Access.RefundAttempt(ctx, token.Digest(by.Network)))
}
