package resume

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"joinery/app/access"
	"joinery/app/i18n"
	"joinery/app/mail"
	"joinery/app/wizard"
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
	links, err := s.linksToSend(ctx, o)
	if err != nil {
		return mail.Letter{}, err
	}
	if len(links) == 0 {
		return mail.Letter{}, mail.ErrEnded
	}
	o.Lang = s.o.Wizard.LetterLang(links[0].Progress.Draft, o.Lang)
	var drafts []mail.Resumable
	for _, l := range links {
		drafts = append(drafts, mail.Resumable{
			Saved: l.Progress.Draft.Saved, Where: s.where(l.Progress, o.Lang),
			Link: s.url(o.Lang, l.secret), Expires: s.linkExpiry(l.Progress),
		})
	}
	return s.o.Letters.Resume(o, drafts)
}

// A sentLink is a link, and the secret in it.
type sentLink struct {
	Link
	secret string
}

// linksToSend returns a link to each draft that is still there, and extends it. The drafts
// for which the recipient was proven come first, also if strangers had theirs added to a
// letter that waited.
func (s *Service) linksToSend(ctx context.Context, o mail.Order) (links []sentLink, err error) {
	for _, secret := range o.Secrets {
		l, err := s.linkToSend(ctx, secret)
		if err == nil {
			err = s.extendLink(ctx, l, s.linkExpiry(l.Progress))
		}
		if errors.Is(err, mail.ErrEnded) {
			continue
		}
		if err != nil {
			return nil, err
		}
		asked := func(other sentLink) bool { return other.Progress.Draft.Key == l.Progress.Draft.Key }
		if !slices.ContainsFunc(links, asked) { // else it was asked for twice while the letter waited
			links = append(links, sentLink{l, secret})
		}
	}
	slices.SortStableFunc(links, func(a, b sentLink) int {
		return cmp.Compare(unproven(a.Progress, o.To), unproven(b.Progress, o.To))
	})
	return links, nil
}

// unproven returns 0 for a draft for which an address was proven, and 1 for another.
func unproven(p wizard.Progress, email string) int {
	if p.Info.Proven(email) {
		return 0
	}
	return 1
}

// writeReminder writes the letter that a draft ends soon. When the draft was saved since,
// it gets its reminder later.
func (s *Service) writeReminder(ctx context.Context, o mail.Order) (mail.Letter, error) {
	l, err := s.linkToSend(ctx, o.Secrets[0])
	if err != nil {
		return mail.Letter{}, err
	}
	ends := s.o.Wizard.ExpiresAt(l.Progress.Draft.Saved)
	if ends.After(s.o.Now().Add(s.o.RemindBefore)) {
		if err := s.o.Access.ClearReminded(ctx, l.Progress.Draft.Key); err != nil {
			return mail.Letter{}, err
		}
		return mail.Letter{}, mail.ErrEnded
	}
	if err := s.extendLink(ctx, l, ends); err != nil {
		return mail.Letter{}, err
	}
	o.Lang = s.o.Wizard.LetterLang(l.Progress.Draft, o.Lang)
	link := s.url(o.Lang, o.Secrets[0])
	return s.o.Letters.Reminder(o, mail.Reminding{Ends: ends, Continue: link, Delete: link + "/delete"})
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
