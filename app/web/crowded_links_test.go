package web

import (
	"testing"
	"time"

	"joinery/app/i18n"
	"joinery/app/mail"
)

// TestAFreshLinkIsRefusedWhenTooManyLettersWait on the page of an old link, of either kind,
// and on the page that waits.
func TestAFreshLinkIsRefusedWhenTooManyLettersWait(t *testing.T) {
	t.Parallel()
	for _, l := range i18n.Languages {
		s := newSite(t, settings{})
		v, reader := s.visitor(t), s.visitor(t)
		v.send(l, answerFirst)
		confirm := s.link(t, 1)
		s.visitorWithDraft(t, l, "Ada")
		resume := s.requestedLink(t, l, "Ada", 2)
		s.pass(linkTTL)
		s.limits.PerNetwork = mail.Budget{Max: 1, Per: 2 * time.Hour}
		for i := range 2 { // one goes out, and one waits
			other := s.visitor(t)
			other.saveFirstSection(l)
			other.requestLink(l, []string{"bob@example.ca", "eve@example.ca"}[i])
			s.letters(t)
		}
		for _, link := range []string{confirm, resume} {
			reader.open(link)
			reader.pressButton(i18n.T(l, "link.renew"))
			reader.wantNote(l, "note.crowded")
		}
		v.open("/" + string(l) + sentPath)
		v.pressButton(i18n.T(l, "sent.again"))
		v.wantNote(l, "note.crowded")
		v.open(confirm) // nothing is spent
		v.want(200, i18n.T(l, "link.late.title"))
	}
}
