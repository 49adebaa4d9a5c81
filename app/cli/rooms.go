package cli

import (
	"context"

	"joinery/app/access"
	"joinery/app/config"
	"joinery/app/confirm"
	"joinery/app/form"
	"joinery/app/mail"
	"joinery/app/resume"
	"joinery/app/wizard"
)

// openRooms fits the rooms of the journey together: confirm tells the wizard what
// became of a draft, and resume leads back to the drafts of the wizard.
func (p *Parts) openRooms(ctx context.Context, cfg config.Config, browsers *access.Store, questions *form.Definition) (err error) {
	former, err := formerForms(ctx, p.members, questions, p.log)
	if err != nil {
		return err
	}
	p.Confirm, err = confirm.New(confirm.Options{
		Form: questions, Former: former, Drafts: p.drafts, Access: browsers, Members: p.members,
		Letters: p.letters, Limits: p.limits, Wake: p.Queue.Wake, Count: p.countStep, Now: p.now, Log: p.log,
		Org: cfg.OrgName, BaseURL: cfg.BaseURL, DraftTTL: cfg.DraftTTL, LinkTTL: cfg.LinkTTL, WaitingTTL: cfg.WaitingTTL,
	})
	if err != nil {
		return err
	}
	p.Wizard, err = wizard.New(wizard.Options{
		Form: questions, Former: former, Drafts: p.drafts, Access: browsers, Now: p.now, TTL: cfg.DraftTTL, Limits: p.begins, Count: p.countStep, Outcome: p.Confirm.Outcome,
	})
	if err != nil {
		return err
	}
	p.Resume, err = resume.New(resume.Options{
		Wizard: p.Wizard, Drafts: p.drafts, Access: browsers, Members: p.members,
		Letters: p.letters, Limits: p.limits, Wake: p.Queue.Wake, Now: p.now, Log: p.log,
		BaseURL: cfg.BaseURL, LinkTTL: cfg.LinkTTL, RemindBefore: cfg.RemindBefore, Resend: p.Confirm.ResendByEmail,
	})
	return err
}

// writeLetter has the room write a letter that knows what it is about.
func (p *Parts) writeLetter(ctx context.Context, o mail.Order) (mail.Letter, error) {
	switch o.Kind {
	case mail.Resume, mail.Reminder:
		return p.Resume.WriteLetter(ctx, o)
	}
	return p.Confirm.WriteLetter(ctx, o)
}
