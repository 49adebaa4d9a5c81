package cli

import (
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"net"
	"time"

	"joinery/app/access"
	"joinery/app/address"
	"joinery/app/brand"
	"joinery/app/config"
	"joinery/app/confirm"
	"joinery/app/consent"
	"joinery/app/db"
	"joinery/app/draft"
	"joinery/app/mail"
	"joinery/app/member"
	"joinery/app/metrics"
	"joinery/app/resume"
	"joinery/app/seal"
	"joinery/app/wizard"
)

// Parts are what the program is made of, but for the site itself.
type Parts struct {
	Wizard  *wizard.Wizard
	Confirm *confirm.Service
	Resume  *resume.Service
	Queue   *mail.Queue
	Outbox  *mail.Outbox       // nil: mail is sent
	MX      *address.MXChecker // nil: no domain is looked up
	Brand   brand.Brand

	now         func() time.Time
	log         *slog.Logger
	letters     *mail.Letters
	limits      *mail.Limits
	ring        *seal.Ring
	members     *member.Store
	browsers    *access.Store
	consents    *consent.Store
	consentKeep time.Duration
	backups     string // the folder of backups that the program makes by itself
	drafts      draft.Store
	sweep       func(context.Context) error // nil: the store of drafts forgets by itself
	close       []func() error

	begins          *access.BeginLimits
	metrics         *metrics.Metrics
	metricsListener net.Listener // nil: nobody is told what is counted
}

// Open makes the parts ready and fits them together as the configuration says,
// or returns everything that is wrong with them. Views holds the templates of
// the letters, and now is the clock of all parts, usually [time.Now].
func Open(ctx context.Context, cfg config.Config, views fs.FS, now func() time.Time, log *slog.Logger) (*Parts, error) {
	p := &Parts{MX: mxChecker(cfg, now), limits: limits(cfg, log), backups: cfg.Backups, now: now, log: log}
	questions, err1 := readForm(cfg)
	look, err2 := brand.New(cfg.OrgName, cfg.Colour, cfg.Accent, cfg.Logo)
	org := organization(cfg, look)
	letters, err3 := mail.NewLetters(views, org, now)
	file, ring, err4 := p.openMembers(ctx, cfg)
	err5 := p.openDrafts(ctx, cfg)
	sender, err6 := p.sender(cfg, org)
	if err := errors.Join(err1, err2, err3, err4, err5, err6); err != nil {
		return nil, errors.Join(err, p.Close())
	}
	p.Brand, p.letters = look, letters
	p.Queue = &mail.Queue{DB: file, Ring: ring, Sender: sender, Now: now, Log: log}
	p.Queue.Write = p.writeLetter
	browsers := access.NewStore(file, ring)
	p.browsers = browsers
	p.count(cfg, browsers)
	if err := errors.Join(browsers.SealEarlier(ctx), p.openRooms(ctx, cfg, browsers, questions)); err != nil {
		return nil, errors.Join(err, p.Close())
	}
	return p, nil
}

// organization returns what letters say of their sender.
func organization(cfg config.Config, look brand.Brand) mail.Organization {
	return mail.Organization{
		Name: cfg.OrgName, Site: cfg.BaseURL, Address: cfg.OrgAddress, Contact: cfg.OrgContact,
		Colour: cfg.Colour.String(), Logo: mail.Logo(look.LetterLogo),
		Places: cfg.Places, Zone: cfg.Zone,
	}
}

// openMembers opens the database of members and mail, and its keys.
func (p *Parts) openMembers(ctx context.Context, cfg config.Config) (*db.DB, *seal.Ring, error) {
	file, err := db.Open(ctx, cfg.Database, db.PowerLoss, db.Migrations())
	if err != nil {
		return nil, nil, err
	}
	p.close = append(p.close, file.Close)
	masters, err := masterKeys(ctx, cfg, file)
	if err != nil {
		return nil, nil, err
	}
	ring, err := seal.Open(ctx, file, masters, p.now())
	if err != nil {
		return nil, nil, err
	}
	p.ring, p.members = ring, member.NewStore(file, ring)
	p.consents, p.consentKeep = consent.NewStore(file, ring), cfg.ConsentKeep
	return file, ring, errors.Join(mail.SealEarlier(ctx, file, ring), p.members.Upgrade(ctx))
}

// masterKeys returns the master keys of the site. The first start makes a file of one,
// unless MASTER_KEY is set. A database that has keys already needs the file that it had.
func masterKeys(ctx context.Context, cfg config.Config, file *db.DB) (seal.Masters, error) {
	if cfg.MasterKey != "" {
		return seal.Given(string(cfg.MasterKey)), nil
	}
	fresh, err := seal.Fresh(ctx, file)
	if err == nil && fresh {
		err = seal.CreateFile(cfg.MasterKeyFile)
	}
	return seal.FromFile(cfg.MasterKeyFile), err
}

// openDrafts opens the store of drafts: Redis, which forgets by itself, or a file
// of its own.
func (p *Parts) openDrafts(ctx context.Context, cfg config.Config) error {
	if cfg.RedisURL != "" {
		store, err := draft.NewRedis(string(cfg.RedisURL), cfg.DraftTTL, p.now)
		if err != nil {
			return err
		}
		p.drafts, p.close, p.sweep = store, append(p.close, store.Close), p.sweepFormer(ctx, cfg)
		return nil
	}
	store, err := draft.OpenSQL(ctx, cfg.Drafts, cfg.DraftTTL, p.now)
	if err != nil {
		return err
	}
	store.Log = p.log
	p.drafts, p.close, p.sweep = store, append(p.close, store.Close), store.Run
	return nil
}

// sender returns what delivers mail: a server, or the development outbox.
func (p *Parts) sender(cfg config.Config, org mail.Organization) (mail.Sender, error) {
	if cfg.SMTPURL == "" {
		p.Outbox = &mail.Outbox{Dir: cfg.Outbox, From: cfg.MailFrom, ReplyTo: cfg.MailReplyTo, Org: org}
		return p.Outbox, nil
	}
	server, err1 := mail.NewSMTP(string(cfg.SMTPURL), cfg.MailFrom, cfg.MailReplyTo, cfg.MailBounces, org)
	signer, err2 := mail.ReadSigner(cfg.DKIMKey, cfg.DKIMSelector)
	if err := errors.Join(err1, err2); err != nil {
		return nil, err
	}
	server.Signer, p.close = signer, append(p.close, server.Close)
	return server, nil
}

// mxChecker returns what looks up domains, or nil: none is looked up.
func mxChecker(cfg config.Config, now func() time.Time) *address.MXChecker {
	if !cfg.MXCheck {
		return nil
	}
	return &address.MXChecker{Now: now}
}

// limits returns how much mail goes out.
func limits(cfg config.Config, log *slog.Logger) *mail.Limits {
	return &mail.Limits{
		PerAddress: mail.Budget(cfg.MailPerAddress),
		PerNetwork: mail.Budget(cfg.MailPerNetwork),
		Total:      mail.Budget(cfg.MailTotal),
		Log:        log,
	}
}

// beginLimits returns how many drafts can begin.
func beginLimits(cfg config.Config, log *slog.Logger) *access.BeginLimits {
	return &access.BeginLimits{PerNetwork: access.Budget(cfg.DraftsPerNetwork), Total: access.Budget(cfg.DraftsTotal), Log: log}
}

// Close closes the stores.
func (p *Parts) Close() error {
	var errs []error
	for _, c := range p.close {
		errs = append(errs, c())
	}
	return errors.Join(errs...)
}
