package join

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"joinery/app/access"
	"joinery/app/i18n"
	"joinery/app/mail"
	"joinery/app/member"
	"joinery/app/token"
)

// A ResumeLink is a link in a letter or a code from another device that lets one more
// browser in to a draft, as it stands now: Open, Used, Late, Gone with its
// draft, Mistyped, Superseded because mail about the draft goes elsewhere now,
// or Finished because the application was sent.
type ResumeLink struct {
	Status   LinkStatus
	Progress Progress // of the draft, where it is still there
	found    access.Grant
}

// ResumeLink finds the link with the given token, the last part of its path. It
// changes nothing.
func (s *Service) ResumeLink(ctx context.Context, token string) (ResumeLink, error) {
	return s.way(ctx, token, access.ByLink)
}

func (s *Service) way(ctx context.Context, proof string, kind access.Kind) (ResumeLink, error) {
	found, err := s.Access.Grant(ctx, token.Digest(proof))
	if errors.Is(err, access.ErrNotFound) || err == nil && found.Kind != kind {
		return ResumeLink{Status: Mistyped}, nil
	}
	if err != nil {
		return ResumeLink{}, err
	}
	entry, err := s.Access.ByDraft(ctx, found.Draft)
	if errors.Is(err, access.ErrNotFound) {
		return ResumeLink{Status: Mistyped}, nil // forgotten just now
	}
	if err != nil {
		return ResumeLink{}, err
	}
	return s.standingOf(ctx, found, entry)
}

func (s *Service) standingOf(ctx context.Context, found access.Grant, entry access.DraftInfo) (ResumeLink, error) {
	a, err := s.sentFrom(ctx, entry.Draft)
	switch {
	case err == nil && (a.State == member.Waiting || a.State == member.Confirmed):
		return ResumeLink{Status: Finished, found: found}, nil
	case err != nil && !errors.Is(err, ErrNoDraft):
		return ResumeLink{}, err
	}
	progress, err := s.progress(ctx, entry)
	w := ResumeLink{Status: Open, Progress: progress, found: found}
	switch {
	case errors.Is(err, ErrSent):
		w.Status = Finished
	case err != nil:
		return ResumeLink{}, err
	case progress.Draft.Key == "":
		w.Status = Gone
	case found.Kind == access.ByLink && !stillReachable(found.Recipient, entry):
		w.Status = Superseded
	case found.UsedBy != "":
		w.Status = Used
	case !s.Now().Before(found.ExpiresAt):
		w.Status = Late
	}
	return w, nil
}

// stillReachable reports whether mail about a draft still goes to this mailbox. It was
// a wrong one, perhaps, and has been corrected.
func stillReachable(mailbox string, e access.DraftInfo) bool {
	return strings.EqualFold(mailbox, e.ContactEmail) || strings.EqualFold(mailbox, e.AnsweredEmail)
}

// Recipient returns where w was sent to.
func (w ResumeLink) Recipient() string { return w.found.Recipient }

// Renewable reports whether [Service.ReissueResumeLink] can help.
func (w ResumeLink) Renewable() bool {
	return w.found.Recipient != "" && (w.Status == Used || w.Status == Late)
}

// Enter uses w up and returns an id by which this browser holds its draft. A
// browser that holds it already, by id, keeps that. Press names the showing of
// the page whose button was pressed: pressed twice, it lets in twice. Enter
// returns "" when w lets nobody in any more.
func (s *Service) Enter(ctx context.Context, w ResumeLink, id, press string) (string, error) {
	if entry, err := s.session(ctx, id); err == nil && entry.Draft == w.found.Draft {
		return id, nil
	}
	if w.Status != Open && w.Status != Used {
		return "", nil
	}
	fresh := token.Secret()
	ok, err := s.Access.Redeem(ctx, w.found.Digest, token.Digest(press), token.Digest(fresh), s.Now())
	if err != nil || !ok {
		return "", err
	}
	return fresh, nil
}

// SendResumeLink sends a link to continue the draft that the browser with the given id
// holds, and remembers that its owner wants mail at this address, which must
// be canonical; network asks. When too many letters were written lately it sends none, and
// says nothing of it: who holds a draft need not be who reads the mailbox.
func (s *Service) SendResumeLink(ctx context.Context, id, address string, lang i18n.Lang, network string) error {
	progress, err := s.Progress(ctx, id)
	switch {
	case err != nil:
		return err
	case progress.Draft.Key == "":
		return ErrNoDraft
	}
	if err := s.Access.SetContactEmail(ctx, progress.Draft.Key, address, lang); err != nil {
		return err
	}
	return s.sendLinks(ctx, address, lang, network, progress)
}

// ReissueResumeLink sends a fresh link to the mailbox that w was sent to, if it is
// renewable and not too many letters were written lately; network asks.
func (s *Service) ReissueResumeLink(ctx context.Context, w ResumeLink, network string) error {
	if !w.Renewable() {
		return nil
	}
	return s.sendLinks(ctx, w.found.Recipient, w.found.Lang, network, w.Progress)
}

// sendLinks sends one letter with a link to each of the drafts.
func (s *Service) sendLinks(ctx context.Context, to string, lang i18n.Lang, network string, drafts ...Progress) error {
	var ways []access.Grant
	var told []mail.Resumable
	for _, p := range drafts {
		kept := s.ExpiresAt(p.Draft.Saved)
		w, link := s.newGrant(p.Draft.Key, to, lang, earlier(s.Now().Add(s.LinkTTL), kept))
		ways = append(ways, w)
		told = append(told, mail.Resumable{Saved: p.Draft.Saved, Ends: kept, Link: link, Expires: w.ExpiresAt})
	}
	letter, err := s.Letters.Resume(to, lang, told, s.Now())
	if err != nil {
		return err
	}
	letter.Network = token.NetworkDigest(network)
	if len(drafts) == 1 {
		letter.Topic = drafts[0].Draft.Key
	}
	queued, err := s.Access.SendGrants(ctx, ways, letter, s.Limits)
	if queued {
		s.Queued()
	}
	return err
}

// newGrant makes a new link to a draft.
func (s *Service) newGrant(key, to string, lang i18n.Lang, expires time.Time) (access.Grant, string) {
	secret := token.Secret()
	w := access.Grant{
		Digest: token.Digest(secret), Kind: access.ByLink, Draft: key,
		Recipient: to, Lang: lang, CreatedAt: s.Now(), ExpiresAt: expires,
	}
	return w, fmt.Sprintf("%s/%s/resume/%s", s.BaseURL, lang, secret)
}

// DeleteByLink removes the draft that w leads to, if w is open: one that was used
// may stand in the history of a browser that is not its owner's.
func (s *Service) DeleteByLink(ctx context.Context, w ResumeLink) error {
	if w.Status != Open {
		return nil
	}
	return s.delete(ctx, w.Progress.Info)
}
