// Package journeytest is the harness of the tests of filling in, confirming and
// resuming: the three services over real stores, browsers, a mailbox and a clock
// that stands still. It is for tests alone: no part of the program uses it.
package journeytest

import (
	"log/slog"
	"os"
	"testing"
	"time"

	"joinery/app/access"
	"joinery/app/confirm"
	"joinery/app/db"
	"joinery/app/dbtest"
	"joinery/app/draft"
	"joinery/app/form"
	"joinery/app/i18n"
	"joinery/app/mail"
	"joinery/app/member"
	"joinery/app/resume"
	"joinery/app/seal"
	"joinery/app/wizard"
)

// Noon is the time at which a journey begins.
var Noon = time.Date(2026, time.November, 22, 12, 0, 0, 0, time.UTC)

// A Setup is what the services of a journey are built from.
type Setup struct {
	Form    *form.Definition
	Former  map[string]*form.Definition // earlier definitions, by version
	File    *db.DB                      // of members, mail and access
	Drafts  draft.Store                 // nil in the edits of New: a store of its own
	Letters *mail.Letters
	Limits  *mail.Limits
	Wake    func() // called when a letter was queued
	Now     func() time.Time
	Log     *slog.Logger

	Org          i18n.Text
	BaseURL      string
	DraftTTL     time.Duration
	LinkTTL      time.Duration
	WaitingTTL   time.Duration
	RemindBefore time.Duration

	CountStep func(wizard.Step) // nil: no step is counted
}

// A Journey is the three services with real stores behind them. The fields of its
// Setup are for reading: what Change does not change reaches no service.
type Journey struct {
	Setup

	Wizard  *wizard.Wizard
	Confirm *confirm.Service
	Resume  *resume.Service
	Access  *access.Store
	Members *member.Store
	Ring    *seal.Ring
	Time    time.Time // by the clock of the journey

	keptDrafts func(testing.TB) []string
}

// New returns a journey with a draft store in a file, set up as the edits say.
func New(t testing.TB, edits ...func(*Setup)) *Journey {
	t.Helper()
	return newJourney(t, openEmbedded, edits...)
}

func newJourney(t testing.TB, open opener, edits ...func(*Setup)) *Journey {
	t.Helper()
	j := &Journey{Time: Noon}
	j.Setup = defaults(t, func() time.Time { return j.Time })
	for _, edit := range edits {
		edit(&j.Setup)
	}
	if j.Drafts == nil {
		j.Drafts, j.keptDrafts = open(t, j.DraftTTL, j.Now)
	}
	j.Change(t)
	return j
}

func defaults(t testing.TB, now func() time.Time) Setup {
	t.Helper()
	org := i18n.Text{i18n.English: "Hub", i18n.French: "Carrefour"}
	letters, err := mail.NewLetters(os.DirFS("../.."), mail.Organization{Name: org}, now)
	Must(t, err)
	quiet := slog.New(slog.DiscardHandler)
	return Setup{
		Form: Parse(t, Questions), File: dbtest.New(t), Letters: letters, Now: now,
		Wake: func() {}, Log: quiet, Org: org, BaseURL: "https://hub.example",
		DraftTTL: 720 * time.Hour, LinkTTL: 24 * time.Hour, WaitingTTL: 168 * time.Hour, RemindBefore: 72 * time.Hour,
		Limits: &mail.Limits{PerAddress: mail.Budget{Max: 3, Per: time.Hour}, Log: quiet},
	}
}

// Change edits the setup and builds the services anew. Browsers, drafts and letters
// stay as they are; requests for links that wait are lost.
func (j *Journey) Change(t testing.TB, edits ...func(*Setup)) {
	t.Helper()
	for _, edit := range edits {
		edit(&j.Setup)
	}
	j.Ring = dbtest.Ring(t, j.File)
	j.Access, j.Members = access.NewStore(j.File, j.Ring), member.NewStore(j.File, j.Ring)
	Must(t, j.Members.Upgrade(t.Context()))
	var err error
	j.Confirm, err = confirm.New(confirm.Options{
		Form: j.Form, Former: j.Former, Drafts: j.Drafts, Access: j.Access, Members: j.Members,
		Letters: j.Letters, Limits: j.Limits, Wake: j.Wake, Now: j.Now, Log: j.Log, Count: j.CountStep,
		Org: j.Org, BaseURL: j.BaseURL, DraftTTL: j.DraftTTL, LinkTTL: j.LinkTTL, WaitingTTL: j.WaitingTTL,
	})
	Must(t, err)
	j.Wizard, err = wizard.New(wizard.Options{
		Form: j.Form, Former: j.Former, Drafts: j.Drafts, Access: j.Access, Now: j.Now, TTL: j.DraftTTL, Count: j.CountStep, Outcome: j.Confirm.Outcome,
	})
	Must(t, err)
	j.Resume = j.resume(t, j.Wizard)
}

func (j *Journey) resume(t testing.TB, w *wizard.Wizard) *resume.Service {
	t.Helper()
	o := resume.Options{
		Wizard: w, Drafts: j.Drafts, Access: j.Access, Members: j.Members,
		Letters: j.Letters, Limits: j.Limits, Wake: j.Wake, Now: j.Now, Log: j.Log,
		BaseURL: j.BaseURL, LinkTTL: j.LinkTTL, RemindBefore: j.RemindBefore,
	}
	if j.Confirm != nil {
		o.Resend = j.Confirm.ResendByEmail
	}
	s, err := resume.New(o)
	Must(t, err)
	return s
}

// WithForm returns a journey beside j, over the same stores and by the same clock,
// in which another form is filled in. Nothing submits its drafts: it has no Confirm,
// and its wizard has no outcomes.
func (j *Journey) WithForm(t testing.TB, d *form.Definition) *Journey {
	t.Helper()
	beside := *j
	beside.Form, beside.Former, beside.Confirm = d, nil, nil
	var err error
	beside.Wizard, err = wizard.New(wizard.Options{Form: d, Drafts: j.Drafts, Access: j.Access, Now: j.Now, TTL: j.DraftTTL})
	Must(t, err)
	beside.Resume = j.resume(t, beside.Wizard)
	return &beside
}

// Pass lets d pass, or puts the clock back.
func (j *Journey) Pass(d time.Duration) { j.Time = j.Time.Add(d) }

// KeptDrafts returns the keys of the drafts that the draft store keeps, also of
// those that have expired and were not swept.
func (j *Journey) KeptDrafts(t testing.TB) []string {
	t.Helper()
	return j.keptDrafts(t)
}

// Tidy does what the program does every now and then: it ends, clears, reminds and
// sweeps.
func (j *Journey) Tidy(t testing.TB) {
	t.Helper()
	Must(t, j.Confirm.Expire(t.Context()))
	Must(t, j.Confirm.ClearFormer(t.Context()))
	Must(t, j.Confirm.ClearAddressChanges(t.Context()))
	Must(t, j.Confirm.ClearDiscarded(t.Context()))
	Must(t, j.Resume.Remind(t.Context()))
	Must(t, j.Resume.Sweep(t.Context()))
}
