package resume

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"joinery/app/access"
	"joinery/app/i18n"
	"joinery/app/mail"
)

// WriteLetter writes a letter of the kinds [mail.Resume] and [mail.Reminder] as things
// stand now; it is a [mail.Writer]. A link that was used has come already.
func (s *Service) WriteLetter(ctx context.Context, o mail.Order) (mail.Letter, error) {
	switch o.Kind {
	case mail.Resume:
		return s.writeLinks(ctx, o)
	case mail.Reminder:
		return s.writeReminder(ctx, o)
	}
	return mail.Letter{}, fmt.Errorf("resume: there is no letter of the kind %q", o.Kind)
}

// writeLinks writes the letter with a link to each draft that is still there, in the
// language of the first.
func (s *Service) writeLinks(ctx context.Context, o mail.Order) (mail.Letter, error) {
	lang := o.Lang
	var listed []string // the keys of the drafts
	var drafts []mail.Resumable
	for _, secret := range o.Secrets {
		l, err := s.linkToSend(ctx, secret)
		if err == nil {
			err = s.extendLink(ctx, l, s.linkExpiry(l.Progress))
		}
		if errors.Is(err, mail.ErrEnded) {
			continue
		}
		if err != nil {
			return mail.Letter{}, err
		}
		d := l.Progress.Draft
		if slices.Contains(listed, d.Key) { // it was asked for twice while the letter waited
			continue
		}
		listed = append(listed, d.Key)
		if len(drafts) == 0 {
			o.Lang = s.o.Wizard.LetterLang(d, lang)
		}
		drafts = append(drafts, mail.Resumable{
			Saved: d.Saved, Ends: s.o.Wizard.ExpiresAt(d.Saved), Link: s.url(o.Lang, secret), Expires: s.linkExpiry(l.Progress),
		})
	}
	if len(drafts) == 0 {
		return mail.Letter{}, mail.ErrEnded
	}
	return s.o.Letters.Resume(o, drafts)
}

func (s *Service) writeReminder(ctx context.Context, o mail.Order) (mail.Letter, error) {
	l, err := s.linkToSend(ctx, o.Secrets[0])
	if err != nil {
		return mail.Letter{}, err
	}
	ends := s.o.Wizard.ExpiresAt(l.Progress.Draft.Saved)
	if err := s.extendLink(ctx, l, ends); err != nil {
		return mail.Letter{}, err
	}
	o.Lang = s.o.Wizard.LetterLang(l.Progress.Draft, o.Lang)
	link := s.url(o.Lang, o.Secrets[0])
	return s.o.Letters.Reminder(o, mail.Reminding{Saved: l.Progress.Draft.Saved, Ends: ends, Continue: link, Delete: link + "/delete"})
}

// linkToSend returns a link that a letter is to carry, or [mail.ErrEnded] when it would
// lead no browser to a draft. One that is late is only too old: its letter was not sent.
func (s *Service) linkToSend(ctx context.Context, secret string) (Link, error) {
	l, err := s.find(ctx, secret, access.ByLink)
	if err == nil && l.Status != Open && l.Status != Late {
		err = mail.ErrEnded
	}
	return l, err
}

// extendLink lets a link work until the given time.
func (s *Service) extendLink(ctx context.Context, l Link, expires time.Time) error {
	err := s.o.Access.ExtendGrant(ctx, l.grant.Digest, expires)
	if errors.Is(err, access.ErrNotFound) {
		return mail.ErrEnded // deleted just now
	}
	return err
}

// url returns a link to a draft.
func (s *Service) url(lang i18n.Lang, secret string) string {
	return fmt.Sprintf("%s/%s/resume/%s", s.o.BaseURL, lang, secret)
}
