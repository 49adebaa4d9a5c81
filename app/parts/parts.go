// Package parts makes the parts of the program ready and fits them together,
// as the configuration says.
package parts

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"time"

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
	Outbox *mail.Outbox // nil: mail is sent

	sweep func(context.Context) error
	close []func() error
}

// Open makes the parts ready, or says everything that is wrong with them.
// Views are the templates of the letters.
func Open(ctx context.Context, cfg config.Config, views fs.FS, log *slog.Logger) (*Parts, error) {
	p := new(Parts)
	org := mail.Organisation{Name: cfg.OrgName, Address: cfg.OrgAddress, Contact: cfg.OrgContact}
	questions, err1 := Form(cfg)
	letters, err2 := mail.NewLetters(views, org)
	members, err3 := p.members(ctx, cfg)
	drafts, err4 := p.drafts(ctx, cfg, log)
	sender, err5 := p.sender(cfg, org)
	if err := errors.Join(err1, err2, err3, err4, err5); err != nil {
		return nil, errors.Join(err, p.Close())
	}
	p.Queue = &mail.Queue{DB: members, Sender: sender, Now: time.Now, Log: log}
	p.Join = &join.Service{
		Form:       questions,
		Drafts:     drafts,
		Members:    member.NewStore(members),
		Letters:    letters,
		Queued:     p.Queue.Wake,
		Now:        time.Now,
		Org:        cfg.OrgName,
		BaseURL:    cfg.BaseURL,
		DraftTTL:   cfg.DraftTTL,
		LinkTTL:    cfg.LinkTTL,
		WaitingTTL: cfg.WaitingTTL,
		PerAddress: mail.Budget(cfg.MailPerAddress),
		Log:        log,
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

// drafts opens the drafts: in Redis, which forgets by itself, or in a file of
// their own.
func (p *Parts) drafts(ctx context.Context, cfg config.Config, log *slog.Logger) (draft.Store, error) {
	if cfg.RedisURL != "" {
		store, err := draft.NewRedis(string(cfg.RedisURL), cfg.DraftTTL)
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
func (p *Parts) sender(cfg config.Config, org mail.Organisation) (mail.Sender, error) {
	if cfg.SMTPURL != "" {
		return mail.NewSMTP(string(cfg.SMTPURL), cfg.MailFrom, cfg.MailReplyTo, org)
	}
	p.Outbox = &mail.Outbox{Dir: cfg.Outbox, From: cfg.MailFrom, ReplyTo: cfg.MailReplyTo, Org: org}
	return p.Outbox, nil
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
