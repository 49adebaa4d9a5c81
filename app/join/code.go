package join

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"fmt"
	"strings"
	"time"

	"joinery/app/access"
	"joinery/app/i18n"
)

// A code is short enough to be typed from one screen to another. It is made
// for minutes, and who guesses has few tries among 24^8 codes. A device is told
// by what it says of itself, which it can change at each try: so its network
// has a limit too, wide enough for a hospital.
const (
	alphabet     = "ACDEFGHJKMNPQRTVWXY34679" // no two of which look or sound much alike on a bad screen
	codeSize     = 8
	codeTTL      = 10 * time.Minute
	codeTries    = 5
	networkTries = 50
)

// A Code hands a draft over to another device.
type Code struct {
	Code    string
	Expires time.Time
	Used    bool // the other device has it
}

// HandOver makes a code for the draft that the browser with the given id
// holds. An earlier code of that draft ends. It returns ErrNoDraft when there
// is no draft.
func (s *Service) HandOver(ctx context.Context, id string, lang i18n.Lang) error {
	progress, err := s.Progress(ctx, id)
	switch {
	case err != nil:
		return err
	case progress.Draft.Key == "":
		return ErrNoDraft
	}
	return s.Access.AddGrant(ctx, access.Grant{
		Digest: access.Digest(code(id, s.Now())), Kind: access.ByHandoff, Draft: progress.Draft.Key,
		Lang: lang, CreatedAt: s.Now(), ExpiresAt: s.Now().Add(codeTTL),
	})
}

// Code returns the code that this browser made last, or ErrNoDraft when it
// made none or its time is over. It changes nothing: the code follows from the
// id and from when it was made, so that no store has to keep it.
func (s *Service) Code(ctx context.Context, id string) (Code, error) {
	entry, err := s.held(ctx, id)
	if err != nil {
		return Code{}, err
	}
	w, err := s.Access.HandoffGrant(ctx, entry.Draft)
	if errors.Is(err, access.ErrNotFound) {
		return Code{}, ErrNoDraft
	}
	if err != nil {
		return Code{}, err
	}
	c := Code{Code: code(id, w.CreatedAt), Expires: w.ExpiresAt, Used: w.UsedBy != ""}
	if access.Digest(c.Code) != w.Digest || !s.Now().Before(w.ExpiresAt) {
		return Code{}, ErrNoDraft
	}
	return c, nil
}

// code returns the code that a browser makes in this second.
func code(id string, made time.Time) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "hand over %s at %d", id, made.Unix()))
	return spell(sum[:codeSize])
}

// randomCode returns a code that confirms.
func randomCode() string {
	var dice [proofSize]byte
	rand.Read(dice[:])
	return spell(dice[:])
}

// spell returns one letter for each of some random bytes.
func spell(dice []byte) string {
	letters := make([]byte, len(dice))
	for i, n := range dice {
		letters[i] = alphabet[int(n)*len(alphabet)>>8]
	}
	return string(letters)
}

// A Typist is who types a code: a device in a network, as far as they can be
// told from others.
type Typist struct{ Device, Network string }

// TypedCode finds the way that a typed code opens, whatever its case and the
// blanks in it. Of a code that opens nothing the Way is Mistyped, and left says
// how many tries remain. Once there are none, a code made before the last of
// them opens nothing either.
func (s *Service) TypedCode(ctx context.Context, typed string, by Typist) (w Way, left int, err error) {
	// Counted before it is judged: tries at the same time are all counted.
	all, earlier, err := s.Access.CountAttempt(ctx, access.Digest(by.Network), s.Now())
	if err != nil {
		return Way{}, 0, err
	}
	mine, before := all, earlier
	if all <= networkTries { // beyond that, other devices make no more rows
		mine, before, err = s.Access.CountAttempt(ctx, access.Digest(by.Device), s.Now())
	}
	if err != nil {
		return Way{}, 0, err
	}
	w, err = s.way(ctx, plain(typed), access.ByHandoff)
	if err != nil {
		return Way{}, 0, err
	}
	made := w.found.CreatedAt
	late := mine > codeTries && !made.After(before) || all > networkTries && !made.After(earlier)
	if w.Standing == Mistyped || late {
		return Way{Standing: Mistyped}, max(0, min(codeTries-mine, networkTries-all)), nil
	}
	return w, 0, errors.Join(s.Access.RefundAttempt(ctx, access.Digest(by.Device)), s.Access.RefundAttempt(ctx, access.Digest(by.Network)))
}

// plain returns a typed code as it was made.
func plain(typed string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(alphabet, r) {
			return r
		}
		return -1
	}, strings.ToUpper(typed))
}
