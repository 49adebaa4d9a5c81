package cli

import (
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"time"

	"joinery/app/access"
	"joinery/app/address"
	"joinery/app/brand"
	"joinery/app/config"
	"joinery/app/db"
	"joinery/app/draft"
	"joinery/app/join"
	"joinery/app/mail"
	"joinery/app/member"
)

// Parts are what the program is made of, but for the site itself.
type Parts struct {
	Join   *join.Service
	Queue  *mail.Queue
	Outbox *mail.Outbox       // nil: mail is sent
	MX     *address.MXChecker // nil: no domain is looked up
	Brand  brand.Brand

	sweep func(context.Context) error // nil: the store of drafts forgets by itself
	close []func() error
}

// Open makes the parts ready and fits them together as the configuration says,
// or returns everything that is wrong with them. Views holds the templates of
// the letters.
func Open(ctx context.Context, cfg config.Config, views fs.FS, log *slog.Logger) (*Parts, error) {
	p := new(Parts)
	questions, err1 := readForm(cfg)
	letters, err2 := mail.NewLetters(views, organization(cfg))
	members, err3 := p.members(ctx, cfg)
	drafts, err4 := p.drafts(ctx, cfg, log)
	sender, err5 := p.sender(cfg)
	look, err6 := brand.New(cfg.OrgName, cfg.Colour, cfg.Accent, cfg.Logo)
	if err := errors.Join(err1, err2, err3, err4, err5, err6); err != nil {
		return nil, errors.Join(err, p.Close())
	}
	former, err := formerForms(ctx, member.NewStore(members), questions, log)
	if err != nil {
		return nil, errors.Join(err, p.Close())
	}
	p.Brand, p.MX = look, mxChecker(cfg)
	p.Queue = &mail.Queue{DB: members, Sender: sender, Now: time.Now, Log: log}
	p.Join = service(cfg, log)
	p.Join.Form, p.Join.Former, p.Join.Letters, p.Join.Queued = questions, former, letters, p.Queue.Wake
	p.Join.Drafts, p.Join.Access, p.Join.Members = drafts, access.NewStore(members), member.NewStore(members)
	return p, nil
}

// organization returns what letters say of their sender.
func organization(cfg config.Config) mail.Organization {
	return mail.Organization{Name: cfg.OrgName, Address: cfg.OrgAddress, Contact: cfg.OrgContact, Colour: cfg.Colour.String()}
}

// members opens the database of members and mail.
func (p *Parts) members(ctx context.Context, cfg config.Config) (*db.DB, error) {
	d, err := db.Open(ctx, cfg.Database, db.PowerLoss, db.Migrations())
	if err == nil {
		p.close = append(p.close, d.Close)
	}
	return d, err
}

// drafts opens the store of drafts: Redis, which forgets by itself, or a file
// of its own.
func (p *Parts) drafts(ctx context.Context, cfg config.Config, log *slog.Logger) (draft.Store, error) {
	if cfg.RedisURL != "" {
		store, err := draft.NewRedis(string(cfg.RedisURL), cfg.DraftTTL, time.Now)
		if err != nil {
			return nil, err
		}
		p.close = append(p.close, store.Close)
		return store, nil
	}
	store, err := draft.OpenSQL(ctx, cfg.Drafts, cfg.DraftTTL, time.Now)
	if err != nil {
		return nil, err
	}
	store.Log = log
	p.close, p.sweep = append(p.close, store.Close), store.Run
	return store, nil
}

// sender returns what delivers mail: a server, or the development outbox.
func (p *Parts) sender(cfg config.Config) (mail.Sender, error) {
	if cfg.SMTPURL == "" {
		p.Outbox = &mail.Outbox{Dir: cfg.Outbox, From: cfg.MailFrom, ReplyTo: cfg.MailReplyTo, Org: organization(cfg)}
		return p.Outbox, nil
	}
	server, err1 := mail.NewSMTP(string(cfg.SMTPURL), cfg.MailFrom, cfg.MailReplyTo, organization(cfg))
	signer, err2 := mail.ReadSigner(cfg.DKIMKey, cfg.DKIMSelector)
	if err := errors.Join(err1, err2); err != nil {
		return nil, err
	}
	server.Signer = signer
	return server, nil
}

// service returns the journey as the configuration has it, without its stores,
// form and letters.
func service(cfg config.Config, log *slog.Logger) *join.Service {
	return &join.Service{
		Now:          time.Now,
		Org:          cfg.OrgName,
		BaseURL:      cfg.BaseURL,
		DraftTTL:     cfg.DraftTTL,
		LinkTTL:      cfg.LinkTTL,
		WaitingTTL:   cfg.WaitingTTL,
		RemindBefore: cfg.RemindBefore,
		Limits:       limits(cfg, log),
		Log:          log,
	}
}

// mxChecker returns what looks up domains, or nil: none is looked up.
func mxChecker(cfg config.Config) *address.MXChecker {
	if !cfg.MXCheck {
		return nil
	}
	return &address.MXChecker{Now: time.Now}
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

// Work returns the work that goes on beside the site: each function until its
// context is done.
func (p *Parts) Work() []func(context.Context) error {
	work := []func(context.Context) error{p.Queue.Run, p.Join.Run}
	if p.sweep != nil {
		work = append(work, p.sweep)
	}
	return work
}

// Close closes the stores.
func (p *Parts) Close() error {
	var errs []error
	for _, c := range p.close {
		errs = append(errs, c())
	}
	return errors.Join(errs...)
}
