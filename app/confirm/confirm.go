// Package confirm takes an application from the check page to membership: it
// submits the draft, mails the link and the code that confirm the address, and
// makes the applicant a member once the mailbox is proven.
//
// # States of a link, and what happens in them
//
// A letter has a link and, beside it, a code of its own. On the page of the link,
// in any browser, there may be three choices: to accept, to decline, and to
// confirm on the next page that the application is to end. The code can be typed
// there too, to accept or to end, and on the page that waits in the browser that
// applied. Opening a link changes nothing, except in the browser that applied. The
// table says how the link stands after each of these, and ten seconds after it came
// to stand as it does, where no member has the address:
//
//	status      accept      decline    end        code: accept  code: end  code: answer  applied: code  applied: open  applied: answer  10 s later
//	open        confirming  -          ending     used          withdrawn  -             used           used           -                -
//	held        -           -          -          -             withdrawn  used          -              -              used             -
//	confirming  -           suspected  suspected  used          withdrawn  -             used           used           -                used
//	ending      suspected   -          -          used          withdrawn  -             used           used           -                withdrawn
//	suspected   -           -          -          used          withdrawn  -             used           used           -                -
//	spent       -           -          -          -             -          -             -              used           -                -
//	late        -           -          -          -             withdrawn  -             -              -              -                -
//	superseded  -           -          -          -             withdrawn  -             -              -              -                -
//	used        -           -          -          -             -          -             -              -              -                -
//	withdrawn   -           -          -          -             -          -             -              -              -                -
//	replaced    -           -          -          -             -          -             -              -              -                -
//	gone        -           -          -          -             -          -             -              -              -                -
//	mistyped    -           -          -          -             -          -             -              -              -                -
//	cut         -           -          -          -             -          -             -              -              -                -
//
// Used is the link of a member, withdrawn that of an application that was ended,
// replaced that of one that was corrected, and gone that of one that was not
// confirmed in time. A part of one that is cut is missing.
//
// Where the table says used, the link is [Held] instead if members have the address and
// it takes an answer of the reader of the mailbox: the application is that of a member,
// whose answers it replaces, or of a person who shares the mailbox. It takes none if
// exactly one of them has the applicant's name and the proof is a press or a code: the
// answers of that member are replaced. Opening a link replaces nothing. The question is
// shown on the page of the link, where the answer takes the code, and in the browser that
// applied once it has the link or the code. An application that is held ends like others.
//
// Suspected is [ScannerSuspected]: a program that looks into mail follows the link,
// so no choice on its page counts any more, and the page takes the code instead. A
// link that is open, confirming or ending comes to stand so by two opposite choices
// within ten seconds, and by a choice that comes sooner than a person reads the
// page. Spent is the same after too many wrong codes.
//
// A link that is late, superseded or spent can send a fresh letter to the same
// mailbox while no newer letter works, and stands as before. The fresh code does on
// the page of every link of the application what a code does on the page of an open
// one. The code of an earlier letter can only end the application, by the page of
// any of its links.
package confirm

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"joinery/app/access"
	"joinery/app/draft"
	"joinery/app/form"
	"joinery/app/i18n"
	"joinery/app/mail"
	"joinery/app/member"
	"joinery/app/token"
	"joinery/app/wizard"
)

// Errors of confirming. They are for the web to put into words.
var (
	ErrNoApplication = errors.New("confirm: there is no such application, or it does not wait")
	ErrIncomplete    = errors.New("confirm: a section is not finished")
	ErrTooSoon       = errors.New("confirm: another letter cannot be asked for yet")
	ErrNoReceipt     = errors.New("confirm: there is no receipt of this application")
)

// Options are what a service is made of. All but Former and Count are needed.
type Options struct {
	Form    *form.Definition
	Former  map[string]*form.Definition // earlier definitions, by version
	Drafts  draft.Store
	Access  *access.Store
	Members *member.Store
	Letters *mail.Letters
	Limits  *mail.Limits
	Wake    func()            // called when a letter was queued
	Count   func(wizard.Step) // called when an application was sent or confirmed; nil: nothing is counted
	Now     func() time.Time
	Log     *slog.Logger

	Org        i18n.Text     // the organization that asks for consent
	BaseURL    string        // what links in letters begin with
	DraftTTL   time.Duration // of a draft after its last save, and of its sessions after it was submitted
	LinkTTL    time.Duration // of a link or a code in a letter
	WaitingTTL time.Duration // of an application that is not confirmed
}

// A Service submits and confirms applications. Its methods may be called
// concurrently.
type Service struct {
	o     Options
	opens linkOpens
}

// New returns a service, or an error that says which option is missing.
func New(o Options) (*Service, error) {
	switch {
	case o.Form == nil:
		return nil, errors.New("confirm: there is no form definition")
	case o.Drafts == nil, o.Access == nil, o.Members == nil:
		return nil, errors.New("confirm: a store is missing")
	case o.Letters == nil, o.Limits == nil, o.Wake == nil:
		return nil, errors.New("confirm: there is no mail")
	case o.Now == nil, o.Log == nil:
		return nil, errors.New("confirm: there is no clock or no log")
	case o.BaseURL == "":
		return nil, errors.New("confirm: links have no base")
	case o.DraftTTL <= 0, o.LinkTTL <= 0, o.WaitingTTL <= 0:
		return nil, errors.New("confirm: a time to live is missing")
	}
	return &Service{o: o}, nil
}

// Application returns the application that was submitted from the draft with the
// given key, or ErrNoApplication. Of one that was replaced it returns the one in
// its place. One whose time is over is Expired, whether it was swept or not.
func (s *Service) Application(ctx context.Context, draft string) (member.Application, error) {
	a, err := s.submittedFrom(ctx, draft)
	for err == nil && a.State == member.Replaced {
		a, err = s.submittedFrom(ctx, correctionKey(a.Draft))
	}
	return a, err
}

func (s *Service) submittedFrom(ctx context.Context, draft string) (member.Application, error) {
	a, err := s.o.Members.ByDraft(ctx, draft)
	if errors.Is(err, member.ErrNotFound) {
		return a, ErrNoApplication
	}
	if err == nil && a.State == member.Waiting && s.overdue(a) {
		a.State = member.Expired // the sweep will come
	}
	return a, err
}

// Outcome returns what became of the draft with the given key, for
// [wizard.Options].
func (s *Service) Outcome(ctx context.Context, draft string) (wizard.Outcome, error) {
	a, err := s.Application(ctx, draft)
	switch {
	case errors.Is(err, ErrNoApplication):
		return wizard.Outcome{}, nil
	case err != nil:
		return wizard.Outcome{}, err
	case a.State == member.Waiting:
		return wizard.Outcome{Status: wizard.Submitted, Draft: a.Draft}, nil
	case a.State == member.Confirmed:
		return wizard.Outcome{Status: wizard.Completed, Draft: a.Draft}, nil
	}
	return wizard.Outcome{Status: wizard.Ended, Draft: a.Draft}, nil
}

// correctionKey returns the key of the draft that corrects the application
// submitted from the draft with the given key. It follows from that key, so two
// presses of a button make one draft.
func correctionKey(key string) string { return token.Digest("corrects " + key)[:26] }
