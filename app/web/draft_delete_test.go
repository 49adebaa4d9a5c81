package web

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"joinery/app/draft"
	"joinery/app/i18n"
	"joinery/app/member"
	"joinery/app/token"
)

// sameBrowser returns a visitor with the same cookies: another tab of this browser.
func (v *visitor) sameBrowser() *visitor {
	v.t.Helper()
	other := v.site.visitor(v.t)
	other.client.Jar.SetCookies(v.address(), v.client.Jar.Cookies(v.address()))
	return other
}

// draftKey returns the key of the draft that this browser holds.
func (v *visitor) draftKey() string {
	v.t.Helper()
	progress, err := v.site.wizard.Progress(v.t.Context(), v.cookie())
	if err != nil || progress.Draft.Key == "" {
		v.t.Fatalf("there is no draft (%v)", err)
	}
	return progress.Draft.Key
}

// storedDraft returns the draft of a browser as the draft store needs it.
func (v *visitor) storedDraft() draft.ID {
	v.t.Helper()
	info, err := v.site.accessStore.ByDraft(v.t.Context(), v.draftKey())
	if err != nil {
		v.t.Fatal(err)
	}
	return draft.ID{Key: info.Draft, Seal: info.Key}
}

func TestDeleteShowsWhatIsDeleted(t *testing.T) {
	t.Parallel()
	for _, l := range i18n.Languages {
		s := newSite(t, settings{})
		v := s.visitor(t)
		v.saveFirstSection(l) // five answers, and none elsewhere: the preselected language is none yet
		before := s.dump(t)
		v.open("/" + string(l) + "/apply/delete")
		v.want(http.StatusOK, i18n.T(l, "delete.title"))
		said := v.page.text()
		for i, section := range s.wizard.Form.Sections {
			want := section.Title.In(l) + " " + i18n.N(l, "delete.answers", 5)
			if i > 0 {
				want = section.Title.In(l)
			}
			if strings.Contains(said, want) != (i == 0) {
				t.Errorf("that the page says %q is not %t: %s", want, i == 0, said)
			}
		}
		if want := i18n.When(l, s.now().In(time.Local), s.now()); !strings.Contains(said, want) {
			t.Errorf("the page does not say %q: %s", want, said)
		}
		if strings.Contains(said, "Xylophone") {
			t.Errorf("the page shows an answer, or an address without a request for mail: %s", said)
		}
		v.open("/" + string(l) + "/apply/later")
		v.requestLink(l, "Other@hospital.example")
		v.open("/" + string(l) + "/apply/delete")
		if want := i18n.T(l, "delete.mailbox", "Other@hospital.example"); !strings.Contains(v.page.text(), want) {
			t.Errorf("the page does not say %q: %s", want, v.page.text())
		}
		if keep := v.page.link(i18n.T(l, "delete.keep")); keep != "/"+string(l)+"/apply" {
			t.Errorf("to keep it leads to %s", keep)
		}
		if after := s.draftStore.dump(t); !strings.Contains(before, after) {
			t.Errorf("looking has changed the draft:\n%s\nwas in\n%s", after, before)
		}
	}
}

func TestDeleteLeavesNoTrace(t *testing.T) {
	for drafts, open := range storeOpeners {
		for _, l := range i18n.Languages {
			t.Run(drafts+" "+string(l), func(t *testing.T) {
				t.Parallel()
				s := newSite(t, settings{drafts: open})
				v := s.visitor(t)
				v.apply(l, answerAll)
				f := v.form(i18n.T(l, "check.send"))
				f.set("given", "consent_news")
				v.press(f, i18n.T(l, "nav.later"))
				otherTab, id, key := v.sameBrowser(), v.cookie(), v.draftKey()
				v.open("/" + string(l) + "/apply/delete")
				press := v.form(i18n.T(l, "delete.button"))
				for range 2 {
					v.press(press, "")
					v.wantNote(l, "note.deleted")
					if v.page.url.Path != "/"+string(l) || v.cookie() != "" {
						t.Errorf("deleting leads to %s and leaves the cookie %q", v.page.url.Path, v.cookie())
					}
				}
				wantNoTrace(t, s)
				for what, trace := range map[string]string{"id": id, "digest": token.Digest(id), "key": key, "consent": "consent_news"} {
					if strings.Contains(s.dump(t), trace) {
						t.Errorf("the %s is still kept:\n%s", what, s.dump(t))
					}
				}
				otherTab.open("/" + string(l) + "/apply/check")
				otherTab.wantNote(l, "note.order")
				if got := otherTab.form("").control("first_name").values[0]; got != "" {
					t.Errorf("another browser that held it sees %q", got)
				}
			})
		}
	}
}

// TestDeleteStopsMail deletes a draft while a letter about it waits for delivery.
func TestDeleteStopsMail(t *testing.T) {
	t.Parallel()
	s := newSite(t, settings{})
	l := i18n.English
	v := s.visitor(t)
	v.saveFirstSection(l)
	v.requestLink(l, canonicalEmail)
	v.open("/en/apply/delete")
	v.pressButton(i18n.T(l, "delete.button"))
	if letters := s.letters(t); len(letters) > 0 {
		t.Errorf("a letter about a deleted draft went out: %q", letters[0].Text)
	}
	s.pass(draftTTL - remindBefore)
	if err := s.resume.Remind(t.Context()); err != nil {
		t.Fatal(err)
	}
	if letters := s.letters(t); len(letters) > 0 {
		t.Errorf("a reminder is about a deleted draft: %q", letters[0].Text)
	}
	if err := s.queue.Purge(t.Context()); err != nil {
		t.Fatal(err)
	}
	wantNoTrace(t, s)
}

func TestDeleteWithoutADraftLeadsToTheLandingPage(t *testing.T) {
	t.Parallel()
	s := newSite(t, settings{})
	v := s.visitor(t)
	for _, l := range i18n.Languages {
		if v.open("/" + string(l) + "/apply/delete"); v.page.url.Path != "/"+string(l) {
			t.Errorf("without a draft the page leads to %s", v.page.url.Path)
		}
	}
}

// TestDeleteLeavesASubmittedApplication presses the button in a tab that is older than
// the application.
func TestDeleteLeavesASubmittedApplication(t *testing.T) {
	t.Parallel()
	s := newSite(t, settings{})
	l := i18n.French
	v := s.visitor(t)
	v.apply(l, answerFirst)
	otherTab := v.sameBrowser()
	otherTab.open("/fr/apply/delete")
	press := otherTab.form("")
	f := v.form("")
	f.fill(answerFirst)
	v.press(f, "")
	before := s.dump(t)
	otherTab.press(press, "")
	otherTab.want(http.StatusOK, i18n.T(l, "sent.waiting.title"))
	otherTab.wantNote(l, "note.sent")
	if otherTab.open("/fr/apply/delete"); otherTab.page.url.Path != "/fr/apply/sent" {
		t.Errorf("once it is sent, the page leads to %s", otherTab.page.url.Path)
	}
	if after := s.dump(t); after != before {
		t.Errorf("what was sent has become\n%s", after)
	}
	if a, err := s.application(t.Context(), v.cookie()); err != nil || a.State != member.Waiting {
		t.Errorf("the application is %q (%v)", a.State, err)
	}
}

// TestATabOfADeletedDraftBeginsANewDraft posts the answers of an open page after
// another tab has deleted their draft.
func TestATabOfADeletedDraftBeginsANewDraft(t *testing.T) {
	t.Parallel()
	for drafts, open := range storeOpeners {
		t.Run(drafts, func(t *testing.T) {
			t.Parallel()
			l := i18n.English
			s := newSite(t, settings{drafts: open})
			v := s.visitor(t)
			v.press(v.openFirstSection(l), "")
			f := v.form("")
			f.fill(answerLast)
			f.set("role_other", "Luthier")
			otherTab, key := v.sameBrowser(), v.draftKey()
			otherTab.open("/en/apply/delete")
			otherTab.pressButton(i18n.T(l, "delete.button"))

			v.press(f, "")
			v.want(http.StatusOK, s.wizard.Form.Sections[0].Title.In(l))
			v.wantNote(l, "note.anew")
			if got := v.form("").control("first_name").values[0]; got != "" {
				t.Errorf("an answer that was deleted has come back: %q", got)
			}
			if v.draftKey() == key {
				t.Error("the draft that was deleted goes on")
			}
			v.press(v.openFirstSection(l), "")
			if got := v.form("").control("role_other").values[0]; got != "Luthier" {
				t.Errorf("what was on the page has become %q", got)
			}
		})
	}
}
