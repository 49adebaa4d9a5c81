//go:build e2e

package pages

import (
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"joinery/app/e2e/harness"
	"joinery/app/mail"
)

// Letters allow no script, not even ours: each is looked at in an empty page.
func TestNoLetterHasABarrier(t *testing.T) {
	harness.EveryWay(t, harness.Ways[:2], func(p *harness.Person) {
		letters, err := mail.NewLetters(harness.Files, mail.Organization{Name: harness.Hub, Site: "https://join.example.org", Address: "1 Quay\nHarbour", Contact: "help@example.org", Colour: "#0b5550"}, time.Now)
		p.Must(err)
		link := mail.Confirmation{Link: p.Base + p.Path("/confirm/handle-proof"), Code: "K7QMD4", Expires: time.Now()}
		order := mail.NewOrder(mail.Confirm, "ada@example.org", p.Lang, time.Now())
		confirm, err := letters.Confirm(order, link)
		p.Must(err)
		welcome, err := letters.Welcome(order, "Zoé")
		p.Must(err)
		draft := mail.Resumable{Saved: time.Now(), Link: p.Base + p.Path("/resume/proof"), Expires: time.Now()}
		resume, err := letters.Resume(order, []mail.Resumable{draft, draft})
		p.Must(err)
		reminder, err := letters.Reminder(order, mail.Reminding{
			Ends: time.Now(), Continue: draft.Link, Delete: draft.Link + "/delete",
		})
		p.Must(err)
		known := link
		known.Member, known.Name = true, "Zoé"
		toMember, err := letters.Confirm(order, known)
		p.Must(err)
		updated, err := letters.Updated(order, mail.Restoring{Link: p.Base + p.Path("/restore/handle-proof"), Code: "K7QMD4AC3", Ends: time.Now(), Name: "Zoé"})
		p.Must(err)
		asking, err := letters.NewAddress(order, mail.AddressAsking{Link: p.Base + p.Path("/address/handle-proof"), Code: "K7QMD4AC3", Ends: time.Now()})
		p.Must(err)
		changed, err := letters.AddressChanged(order, mail.AddressChange{To: "n•••w@example.org", At: time.Now(), Name: "Zoé"})
		p.Must(err)
		for _, shown := range []struct {
			name   string
			letter mail.Letter
		}{
			{"confirm", confirm}, {"member", toMember}, {"welcome", welcome}, {"updated", updated}, {"resume", resume}, {"reminder", reminder},
			{"new address", asking}, {"address changed", changed},
		} {
			letter := shown.letter
			p.Do(chromedp.Navigate("about:blank"))
			p.Execute("document.open(), document.write($0), document.close()", letter.HTML)
			p.Expect(harness.NormalizeSpace(letter.Subject), "title()")
			keepPictures(p, "letter, "+shown.name)
			if shots == "" {
				runAxe(p, letter.Subject, "light", wcag, "")
			}
		}
	})
}
