package cli

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"joinery/app/address"
	"joinery/app/confirm"
	"joinery/app/mail"
	"joinery/app/member"
)

// maxResendShown is how many applications of one address are looked at.
const maxResendShown = 100

// resend has the applications that wait with an address get another letter.
func (p *program) resend(c *cobra.Command, typed string) error {
	of, err := address.Canonical(typed)
	if err != nil {
		return fmt.Errorf("--resend: %q is not an address", typed)
	}
	r, err := p.openWaiting(c.Context(), openWriting)
	if err != nil {
		return err
	}
	defer r.close()
	return resendTo(c, r.members, r.confirms, of, r.cfg.Zone)
}

// resendTo asks for the letters, and says how many are queued.
func resendTo(c *cobra.Command, members *member.Store, confirms *confirm.Service, of string, zone *time.Location) error {
	before, next, err := lettersOf(c.Context(), members, confirms, of)
	switch {
	case err != nil:
		return err
	case next.IsZero():
		return errors.New("no application waits with this address")
	}
	if err := confirms.ResendByEmail(c.Context(), of, ""); err != nil {
		return resendError(err)
	}
	after, _, err := lettersOf(c.Context(), members, confirms, of)
	switch {
	case err != nil:
		return err
	case after == before:
		return fmt.Errorf("it is too soon for another letter: the last one is on its way, or went out within half an hour, or the limit of the address is used up; try again after %s", clock(&next, zone))
	}
	_, err = fmt.Fprintf(c.OutOrStdout(), "%s queued. A site that runs sends it within a minute.\n", count(after-before, "letter"))
	return err
}

// resendError says in words why no letter was queued.
func resendError(err error) error {
	if errors.Is(err, mail.ErrFull) {
		return errors.New("too many letters wait already: MAIL_TOTAL is used up for now")
	}
	return err
}

// lettersOf returns how many letters the applications that wait with an address have had,
// and from when on one of them may have another, or the zero time if none waits.
func lettersOf(ctx context.Context, members *member.Store, confirms *confirm.Service, of string) (n int, next time.Time, err error) {
	waiting, err := members.WaitingByEmail(ctx, of, maxResendShown)
	if err != nil {
		return 0, next, err
	}
	for _, a := range waiting {
		links, err := members.Links(ctx, a.ID)
		if err != nil {
			return 0, next, err
		}
		c, err := confirms.Confirmation(ctx, a)
		if err != nil {
			return 0, next, err
		}
		n += len(links)
		if at := nextByEmail(c); next.IsZero() || at.Before(next) {
			next = at
		}
	}
	return n, next, nil
}

// nextByEmail returns from when on a request by address makes another letter.
func nextByEmail(c confirm.Confirmation) time.Time {
	if later := c.At.Add(confirm.LetterTime); c.State == mail.Accepted && later.After(c.NextAllowed) {
		return later
	}
	return c.NextAllowed
}
