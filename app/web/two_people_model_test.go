package web

import (
	"bytes"
	"flag"
	"io"
	"net/http"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"joinery/app/i18n"
)

// A sharer is one of two people who share a browser. The mark stands in the answers of
// no one else.
type sharer struct {
	first, mark string
	holds       string // what the site has of them: "", or as on a leavePage
}

// A sharedBrowser is a browser that two people use in turn, each leaving it first.
type sharedBrowser struct {
	t      *testing.T
	site   *site
	v      *visitor
	pages  *recorder
	people [2]*sharer
	at     int // which of them sits there
	kept   []oldForm
}

// A recorder keeps what the browser has received.
type recorder struct {
	http.RoundTripper
	bodies []string
}

func (r *recorder) RoundTrip(req *http.Request) (*http.Response, error) {
	res, err := r.RoundTripper.RoundTrip(req)
	if err != nil {
		return nil, err
	}
	body, err := io.ReadAll(res.Body)
	res.Body = io.NopCloser(bytes.NewReader(body))
	r.bodies = append(r.bodies, req.URL.String()+" "+res.Header.Get("Location")+"\n"+string(body))
	return res, err
}

func newSharedBrowser(t *testing.T, open storeOpener) *sharedBrowser {
	b := &sharedBrowser{t: t, site: newSite(t, settings{drafts: open}), people: [2]*sharer{{first: "Ada", mark: "Lovelacemark"}, {first: "Zoé", mark: "Tremblaymark"}}}
	b.site.limits.PerAddress.Max = 0
	b.useBrowser(b.site.visitor(t))
	return b
}

// useBrowser goes on in a browser, whose pages it records.
func (b *sharedBrowser) useBrowser(v *visitor) {
	b.v, b.pages = v, &recorder{RoundTripper: v.client.Transport}
	v.client.Transport = b.pages
}

func (b *sharedBrowser) person() *sharer { return b.people[b.at] }
func (b *sharedBrowser) other() *sharer  { return b.people[1-b.at] }

// mailbox returns the address of a person.
func (p *sharer) mailbox() string { return mailboxOf(p.mark) }

// begin answers the first section.
func (b *sharedBrowser) begin(r *rapid.T) {
	p := b.person()
	if p.holds != "" {
		r.Skip()
	}
	f := b.v.openFirstSection(i18n.English)
	f.set("first_name", p.first)
	f.set("last_name", p.mark)
	f.set("email", p.mailbox())
	b.v.press(f, "")
	p.holds = holdsDraft
}

// send completes the draft and submits the application.
func (b *sharedBrowser) send(r *rapid.T) {
	if b.person().holds != holdsDraft || !b.here() {
		r.Skip()
	}
	b.v.continueAndSend(i18n.English)
	b.person().holds = holdsWaiting
}

// here reports whether this browser holds what the person has.
func (b *sharedBrowser) here() bool { return b.v.cookie() != "" && b.person().holds != "" }

// look opens one of the pages.
func (b *sharedBrowser) look(r *rapid.T) {
	path := rapid.SampledFrom([]string{"", "/apply", "/apply/about", "/apply/check", "/apply/later", "/apply/phone", "/apply/delete", "/apply/sent", "/apply/receipt", "/apply/receipt.pdf", "/apply/leave", "/resume", "/privacy"}).Draw(r, "page")
	b.v.request(http.MethodGet, "/en"+path, nil)
}

// leave leaves the browser to the other person.
func (b *sharedBrowser) leave(r *rapid.T) {
	if b.here() {
		b.v.open("/en" + leavePath)
		b.v.pressButton(i18n.T(i18n.English, "leave.button"))
	}
	b.wantNothingOfOther()
	b.at = 1 - b.at
	b.pages.bodies = nil
}

// returnByLetter comes back to a draft by a mailed link, or confirms an application.
func (b *sharedBrowser) returnByLetter(r *rapid.T) {
	p := b.person()
	switch {
	case p.holds == holdsDraft && !b.here():
		b.v.open("/en/resume")
		f := b.v.form(i18n.T(i18n.English, "lost.send"))
		f.set("address", p.mailbox())
		b.v.press(f, i18n.T(i18n.English, "lost.send"))
		b.site.resume.ProcessRequests(b.t.Context())
		b.v.open(b.newestLink())
		b.v.pressButton(i18n.T(i18n.English, "landing.continue"))
		b.v.wantDraft(i18n.English, p.first)
	case p.holds == holdsWaiting:
		if b.v.open(b.newestLink()); !b.here() {
			b.v.pressButton(i18n.T(i18n.English, "link.confirm"))
			b.site.applyChoices(b.t)
		}
		p.holds = holdsMember
	default:
		r.Skip()
	}
}

// newestLink returns the link in the newest letter to the person.
func (b *sharedBrowser) newestLink() string {
	for _, l := range b.site.letters(b.t) {
		if l.To != b.person().mailbox() {
			continue
		}
		for _, word := range strings.Fields(l.Text) {
			if strings.HasPrefix(word, b.site.url+"/en/confirm/") || strings.HasPrefix(word, b.site.url+"/en/resume/") {
				return word
			}
		}
	}
	b.t.Fatalf("there is no letter to %s", b.person().mailbox())
	return ""
}

// wantNothingOfOther wants no page that the person has seen to show the other one.
func (b *sharedBrowser) wantNothingOfOther() {
	for _, body := range b.pages.bodies {
		if o := b.other(); strings.Contains(body, o.mark) || strings.Contains(body, o.first) || strings.Contains(body, strings.ToLower(o.mark)) {
			b.t.Fatalf("%s is shown what %s has answered:\n%s", b.person().first, o.first, body)
		}
	}
}

// wantNothingLost wants what each person has answered to be kept, and no letter to tell
// one of the other.
func (b *sharedBrowser) wantNothingLost() {
	for _, l := range b.site.letters(b.t) {
		for _, p := range b.people {
			if l.To != p.mailbox() && strings.Contains(l.Text+l.Subject+l.HTML, p.mark) {
				b.t.Errorf("a letter to %s tells of %s", l.To, p.first)
			}
		}
	}
	for _, p := range b.people {
		if p.holds == holdsDraft {
			b.at = 0
			if b.people[1] == p {
				b.at = 1
			}
			b.useBrowser(b.site.visitor(b.t)) // one of their own
			b.returnByLetter(nil)
			b.wantNothingOfOther()
		}
		kept := b.site.dump(b.t)
		if (p.holds == holdsWaiting || p.holds == holdsMember) && !strings.Contains(kept, p.mark) {
			b.t.Errorf("what %s has sent is lost", p.first)
		}
	}
}

// TestTwoPeopleWithOneBrowserNeverSeeEachOther in no order of what they do, if each of
// them leaves the browser.
func TestTwoPeopleWithOneBrowserNeverSeeEachOther(t *testing.T) {
	fewer(t, "rapid.checks", "15")
	for drafts, open := range storeOpeners {
		t.Run(drafts, func(t *testing.T) {
			rapid.Check(t, func(r *rapid.T) {
				b := newSharedBrowser(t, open)
				r.Repeat(map[string]func(*rapid.T){
					"begin":               b.begin,
					"send":                b.send,
					"look":                b.look,
					"leave":               b.leave,
					"return by letter":    b.returnByLetter,
					"keep this page open": b.keepOpen,
					"use an old page":     b.useOldForm,
					"":                    func(*rapid.T) { b.wantNothingOfOther() },
				})
				b.wantNothingLost()
			})
		})
	}
}

// fewer gives a flag another value, if it has its default: each check runs a site.
func fewer(t *testing.T, name, value string) {
	t.Helper()
	if f := flag.Lookup(name); f.Value.String() == f.DefValue {
		if err := f.Value.Set(value); err != nil {
			t.Fatal(err)
		}
	}
}
