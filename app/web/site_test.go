package web

import (
	"cmp"
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"net"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"joinery/app/access"
	"joinery/app/brand"
	"joinery/app/confirm"
	"joinery/app/dbtest"
	"joinery/app/form"
	"joinery/app/i18n"
	"joinery/app/mail"
	"joinery/app/member"
	"joinery/app/resume"
	"joinery/app/welcome"
	"joinery/app/wizard"
)

var org = i18n.Text{i18n.English: "Test Hub", i18n.French: "Carrefour d’essai"}

// A site is a running site with its services and stores, to which a test has access.
type site struct {
	*clock
	url     string
	wizard  *wizard.Wizard
	confirm *confirm.Service
	resume  *resume.Service
	limits  *mail.Limits

	accessStore *access.Store
	memberStore *member.Store

	queue       *mail.Queue
	outbox      *mail.Outbox
	membersPath string         // the path of the file of members, applications and mail
	draftStore  testDraftStore // the store of drafts
	server      *Server
	log         *log
}

const (
	draftTTL   = 30 * 24 * time.Hour
	linkTTL    = 24 * time.Hour
	waitingTTL = 7 * 24 * time.Hour

	remindBefore = 3 * 24 * time.Hour
)

// membership parses the embedded form once. A definition is read-only.
var membership = sync.OnceValues(form.Membership)

// settings are the parts of a site that tests vary.
type settings struct {
	form   *form.Definition // nil: the embedded one
	drafts storeOpener      // nil: the embedded store
	https  bool

	former  map[string]*form.Definition // earlier forms, by version
	proxies []netip.Prefix
	brand   *brand.Brand   // nil: the default colours
	zone    *time.Location // nil: that of the machine
	places  welcome.Places
	notice  Notice

	beginLimits   *access.BeginLimits // nil: no limits
	noReminders   bool
	addSecondForm func(*site) // adds a second form before the site runs
}

func newSite(t *testing.T, with settings) *site {
	t.Helper()
	s := &site{clock: &clock{at: time.Date(2026, time.November, 22, 15, 4, 5, 0, time.UTC)}, log: new(log)}
	if with.drafts == nil {
		with.drafts = openSQLiteDrafts
	}
	s.draftStore = with.drafts(t, s.clock)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s.url = "http://" + listener.Addr().String()
	if with.brand == nil {
		usual := defaultBrand(t)
		with.brand = &usual
	}
	s.openMembers(t)
	s.openServices(t, with)
	s.server, err = New(Options{
		Files: emptyStaticFiles{os.DirFS("../..")}, Wizard: s.wizard, Confirm: s.confirm, Resume: s.resume, Ready: s.ready, Now: s.now, DraftTTL: draftTTL, WaitingTTL: waitingTTL,
		Outbox: s.outbox, HTTPS: with.https, Zone: cmp.Or(with.zone, time.Local), Places: with.places,
		Name: org, Address: "1 Quay Street, Harbour QC  H0H 0H0", Contact: "help@hub.example", BaseURL: s.url, Brand: *with.brand, Proxies: with.proxies, TokenKey: testTokenKey, Notice: with.notice, Log: slog.New(slog.NewJSONHandler(s.log, nil)),
	})
	if err != nil {
		t.Fatal(err)
	}
	if with.addSecondForm != nil {
		with.addSecondForm(s)
	}
	served := make(chan error, 1)
	go func() { served <- s.server.Serve(listener) }()
	t.Cleanup(func() {
		if err := s.server.Shutdown(5 * time.Second); err != nil {
			t.Errorf("Shutdown: %v", err)
		}
		listener.Close() // for a site that has not begun to serve yet
		if err := <-served; err != nil && !errors.Is(err, net.ErrClosed) {
			t.Errorf("Serve: %v", err)
		}
	})
	return s
}

// testTokenKey is the key of the sites of tests.
var testTokenKey = []byte("the key of tokens")

// drawDefaultBrand draws the brand of every site once. A brand is read-only.
var drawDefaultBrand = sync.OnceValues(func() (brand.Brand, error) {
	return brand.New(org, brand.DefaultMain, brand.DefaultAccent, "")
})

func defaultBrand(t *testing.T) brand.Brand {
	t.Helper()
	b, err := drawDefaultBrand()
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// openMembers opens a new file of members. These tests do not cut the power, so the
// file is not synchronized at each commit.
func (s *site) openMembers(t *testing.T) {
	t.Helper()
	s.membersPath = filepath.Join(t.TempDir(), "joinery.db")
	file := dbtest.Open(t, s.membersPath)
	s.outbox = &mail.Outbox{Dir: t.TempDir(), Org: mail.Organization{Name: org}}
	s.queue = &mail.Queue{DB: file, Ring: dbtest.Ring(t, file), Write: s.writeLetter, Sender: s.outbox, Now: s.now, Log: slog.New(slog.NewJSONHandler(s.log, nil))}
}

// testLetters parses the letters once. They are read-only.
var testLetters = sync.OnceValues(func() (*mail.Letters, error) {
	return mail.NewLetters(os.DirFS("../.."), mail.Organization{Name: org, Address: "1 Test Street", Contact: "help@hub.example"}, time.Now)
})

// writeLetter writes a letter, as the program does.
func (s *site) writeLetter(ctx context.Context, o mail.Order) (mail.Letter, error) {
	if o.Kind == mail.Resume || o.Kind == mail.Reminder {
		return s.resume.WriteLetter(ctx, o)
	}
	return s.confirm.WriteLetter(ctx, o)
}

func (s *site) openServices(t *testing.T, with settings) {
	t.Helper()
	definition, err := with.form, error(nil)
	if definition == nil {
		if definition, err = membership(); err != nil {
			t.Fatal(err)
		}
	}
	letters, err := testLetters()
	if err != nil {
		t.Fatal(err)
	}
	logger := slog.New(slog.NewJSONHandler(s.log, nil))
	s.limits = &mail.Limits{PerAddress: mail.Budget{Max: 3, Per: time.Hour}, Log: logger}
	s.accessStore, s.memberStore = access.NewStore(s.queue.DB, s.queue.Ring), member.NewStore(s.queue.DB, s.queue.Ring)
	s.confirm, err = confirm.New(confirm.Options{
		Form: definition, Former: with.former, Drafts: s.draftStore, Access: s.accessStore, Members: s.memberStore, Letters: letters, Limits: s.limits, Wake: s.queue.Wake,
		Now: s.now, Log: logger, Org: org, BaseURL: s.url, DraftTTL: draftTTL, LinkTTL: linkTTL, WaitingTTL: waitingTTL,
	})
	if err != nil {
		t.Fatal(err)
	}
	s.wizard, err = wizard.New(wizard.Options{
		Form: definition, Former: with.former, Drafts: s.draftStore, Access: s.accessStore, Now: s.now, TTL: draftTTL, Limits: with.beginLimits, Outcome: s.confirm.Outcome,
	})
	if err != nil {
		t.Fatal(err)
	}
	before := remindBefore
	if with.noReminders {
		before = 0
	}
	s.resume, err = resume.New(resume.Options{
		Wizard: s.wizard, Drafts: s.draftStore, Access: s.accessStore, Members: s.memberStore, Letters: letters, Limits: s.limits, Wake: s.queue.Wake,
		Now: s.now, Log: logger, BaseURL: s.url, LinkTTL: linkTTL, RemindBefore: before, Resend: s.confirm.ResendByEmail,
	})
	if err != nil {
		t.Fatal(err)
	}
}

func (s *site) ready(ctx context.Context) error {
	return errors.Join(s.draftStore.Ping(ctx), s.memberStore.Ping(ctx))
}

// emptyStaticFiles are the files of the program with short static files: the
// compression of the real ones takes longer than most tests.
type emptyStaticFiles struct{ fs.FS }

func (s emptyStaticFiles) ReadFile(name string) ([]byte, error) {
	if strings.HasPrefix(name, "static/") {
		return []byte(name), nil
	}
	return fs.ReadFile(s.FS, name)
}
