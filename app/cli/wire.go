// Package cli makes the parts of the program ready and fits them together,
// as the configuration says.
package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"time"

	"joinery/app/access"
	"joinery/app/address"
	"joinery/app/brand"
	"joinery/app/config"
	"joinery/app/db"
	"joinery/app/draft"
	"joinery/app/form"
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

	sweep func(context.Context) error
	close []func() error
}

// Open makes the parts ready, or says everything that is wrong with them.
// Views are the templates of the letters.
func Open(ctx context.Context, cfg config.Config, views fs.FS, log *slog.Logger) (*Parts, error) {
	p := new(Parts)
	org := mail.Organization{Name: cfg.OrgName, Address: cfg.OrgAddress, Contact: cfg.OrgContact, Colour: cfg.Colour.String()}
	questions, err1 := Form(cfg)
	letters, err2 := mail.NewLetters(views, org)
	members, err3 := p.members(ctx, cfg)
	drafts, err4 := p.drafts(ctx, cfg, log)
	sender, err5 := p.sender(cfg, org)
	look, err6 := brand.New(cfg.OrgName, cfg.Colour, cfg.Accent, cfg.Logo)
	if err := errors.Join(err1, err2, err3, err4, err5, err6); err != nil {
		return nil, errors.Join(err, p.Close())
	}
	former, err := earlier(ctx, member.NewStore(members), questions, log)
	if err != nil {
		return nil, errors.Join(err, p.Close())
	}
	p.Brand = look
	p.Queue = &mail.Queue{DB: members, Sender: sender, Now: time.Now, Log: log}
	p.Join = &join.Service{
		Form:         questions,
		Former:       former,
		Drafts:       drafts,
		Access:       access.NewStore(members),
		Members:      member.NewStore(members),
		Letters:      letters,
		Queued:       p.Queue.Wake,
		Now:          time.Now,
		Org:          cfg.OrgName,
		BaseURL:      cfg.BaseURL,
		DraftTTL:     cfg.DraftTTL,
		LinkTTL:      cfg.LinkTTL,
		WaitingTTL:   cfg.WaitingTTL,
		RemindBefore: cfg.RemindBefore,
		Limits: &mail.Limits{
			PerAddress: mail.Budget(cfg.MailPerAddress),
			PerNetwork: mail.Budget(cfg.MailPerNetwork),
			Total:      mail.Budget(cfg.MailTotal),
			Log:        log,
		},
		Log: log,
	}
	if cfg.MXCheck {
		p.MX = &address.MXChecker{Now: time.Now}
	}
	return p, nil
}

func (p *Parts) members(ctx context.Context, cfg config.Config) (*db.DB, error) {
	d, err := db.Open(ctx, cfg.Database, db.PowerLoss, db.Migrations())
	if err == nil {
		p.close = append(p.close, d.Close)
	}
	return d, err
}

// Form reads the definition of the form that is asked.
func Form(cfg config.Config) (*form.Definition, error) {
	if cfg.Form == "" {
		return form.Membership()
	}
	data, err := os.ReadFile(cfg.Form)
	if err != nil {
		return nil, fmt.Errorf("FORM: %w", err)
	}
	questions, err := form.Parse(data)
	if err != nil {
		return nil, fmt.Errorf("FORM: %s:\n%w", cfg.Form, err)
	}
	return questions, nil
}

// earlier returns the definitions that were asked before, by version, or an
// error if another one was asked under the version of this. One that this
// program cannot read any more is left out: then nobody is told what has changed
// since.
func earlier(ctx context.Context, archive *member.Store, questions *form.Definition, log *slog.Logger) (map[string]*form.Definition, error) {
	kept, err := archive.Archived(ctx)
	if err != nil {
		return nil, err
	}
	if source, ok := kept[questions.Version]; ok && source != questions.Source() {
		return nil, fmt.Errorf("FORM: version %q: %w", questions.Version, member.ErrVersion)
	}
	delete(kept, questions.Version)
	former := make(map[string]*form.Definition, len(kept))
	for version, source := range kept {
		if former[version], err = form.Parse([]byte(source)); err != nil {
			log.Warn("an earlier form cannot be read any more", "version", version)
			delete(former, version)
		}
	}
	return former, nil
}

// Archive keeps the form that is asked now for good: from now on people answer
// it.
func (p *Parts) Archive(ctx context.Context) error {
	err := p.Join.Members.Archive(ctx, p.Join.Form.Version, p.Join.Form.Source(), time.Now())
	if err != nil {
		return fmt.Errorf("FORM: version %q: %w", p.Join.Form.Version, err)
	}
	return nil
}

// drafts opens the drafts: in Redis, which forgets by itself, or in a file of
// their own.
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
func (p *Parts) sender(cfg config.Config, org mail.Organization) (mail.Sender, error) {
	if cfg.SMTPURL == "" {
		p.Outbox = &mail.Outbox{Dir: cfg.Outbox, From: cfg.MailFrom, ReplyTo: cfg.MailReplyTo, Org: org}
		return p.Outbox, nil
	}
	server, err1 := mail.NewSMTP(string(cfg.SMTPURL), cfg.MailFrom, cfg.MailReplyTo, org)
	signer, err2 := mail.ReadSigner(cfg.DKIMKey, cfg.DKIMSelector)
	if err := errors.Join(err1, err2); err != nil {
		return nil, err
	}
	server.Signer = signer
	return server, nil
}

// Work returns what goes on beside the site: each until its context is done.
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
