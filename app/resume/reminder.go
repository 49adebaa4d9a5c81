package resume

import (
	"context"

	"joinery/app/access"
	"joinery/app/draft"
	"joinery/app/mail"
)

// Remind writes, once in the life of a draft, to the owners who asked to have mail
// about theirs and whose draft ends soon. A draft that was saved since the last
// look, or was submitted or deleted, is not written about. When too many letters wait,
// Remind returns [mail.ErrFull], and the next call goes on. Call it every hour.
func (s *Service) Remind(ctx context.Context) error {
	if !s.Reminds() {
		return nil
	}
	soon := s.o.Now().Add(s.o.RemindBefore)
	return s.eachDraft(ctx, func() ([]access.DraftInfo, error) { return s.o.Access.ReminderDue(ctx, soon, batch) },
		func(info access.DraftInfo, d draft.Draft) error {
			if s.o.Wizard.ExpiresAt(d.Saved).After(soon) {
				return s.extend(ctx, d)
			}
			return s.remind(ctx, info, d)
		})
}

func (s *Service) remind(ctx context.Context, info access.DraftInfo, d draft.Draft) error {
	ends := s.o.Wizard.ExpiresAt(d.Saved)
	lang := s.o.Wizard.LetterLang(d, info.Lang)
	grant, secret := s.newGrant(d.Key, info.ContactEmail, lang, ends)
	order := mail.NewOrder(mail.Reminder, info.ContactEmail, lang, s.o.Now())
	order.Topic, order.Secrets = d.Key, []string{secret}
	queued, err := s.o.Access.SendReminder(ctx, grant, order, s.o.Limits, s.o.Now())
	if queued {
		s.o.Wake()
	}
	return err
}
