package web

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"joinery/app/i18n"
	"joinery/app/welcome"
)

// allPlaces are pages of an organization, in both languages.
var allPlaces = welcome.Places{
	Members:  i18n.Text{i18n.English: "https://hub.example/members", i18n.French: "https://hub.example/membres"},
	Programs: i18n.Text{i18n.English: "https://hub.example/programs", i18n.French: "https://hub.example/programmes"},
	News:     i18n.Text{i18n.English: "https://hub.example/news", i18n.French: "https://hub.example/nouvelles"},
}

// welcomed returns a visitor who has become a member by the link, and the link.
func (s *site) welcomed(t *testing.T, l i18n.Lang, first string) (v *visitor, link string) {
	t.Helper()
	v = s.visitor(t)
	v.sendAs(l, first, "Roy")
	link = s.confirmLink(t)
	v.open(link)
	return v, link
}

func TestOnlyTheApplicantsBrowserIsWelcomedByName(t *testing.T) {
	t.Parallel()
	for _, l := range i18n.Languages {
		s := newSite(t, settings{})
		v, link := s.welcomed(t, l, "Zoé")
		sent, named := localPath(l, sentPath), i18n.T(l, "welcome.greeting.name", "Zoé")
		for _, page := range []string{link, sent} {
			v.open(page)
			v.want(http.StatusOK, named+" "+i18n.T(l, "sent.confirmed.title"))
			v.wantLink(i18n.T(l, "receipt.keep.page"), localPath(l, receiptPath))
			if strings.Contains(v.page.title(), "Zoé") {
				t.Errorf("%s keeps the name in the history of the browser: %q", page, v.page.title())
			}
		}
		reader := s.visitor(t)
		reader.open(link)
		reader.want(http.StatusOK, i18n.T(l, "welcome.greeting")+" "+i18n.T(l, "link.used.title"))
		if words := reader.page.text(); strings.Contains(words, "Zoé") || strings.Contains(words, i18n.T(l, "receipt.keep.page")) {
			t.Errorf("another browser shows %s", words)
		}
		s.pass(waitingTTL)
		v.open(sent)
		v.want(http.StatusOK, i18n.T(l, "welcome.greeting")+" "+i18n.T(l, "sent.confirmed.title"))
		if words := v.page.text(); strings.Contains(words, "Zoé") {
			t.Errorf("without a receipt the page shows %s", words)
		}
	}
}

// wantLink wants a link with these words that leads there.
func (v *visitor) wantLink(words, to string) {
	v.t.Helper()
	if got := v.page.link(words); got != to {
		v.t.Errorf("at %s %q leads to %q, want %q", v.page.url.Path, words, got, to)
	}
}

func TestANewMemberIsShownWhatThereIsToDo(t *testing.T) {
	t.Parallel()
	inCards := func(e *html.Node) bool { return e.Data == "a" && e.Parent.Data == "h3" }
	for _, l := range i18n.Languages {
		s := newSite(t, settings{places: allPlaces})
		v, _ := s.welcomed(t, l, "Zoé")
		want := []string{
			i18n.T(l, "welcome.members.title"), i18n.T(l, "welcome.programs.title"), i18n.T(l, "welcome.news.title"), i18n.T(l, "welcome.colleague.title"),
		}
		if got := v.page.texts(inCards); !slices.Equal(got, want) {
			t.Errorf("the cards are %q, want %q", got, want)
		}
		v.wantLink(want[0], allPlaces.Members.In(l))
		v.wantLink(want[1], allPlaces.Programs.In(l))
		v.wantLink(want[2], allPlaces.News.In(l))
		if n := len(strings.Fields(text(v.page.byID("main")))); n > 100 {
			t.Errorf("%d words are too many for a welcome", n)
		}
	}
}

func TestWithoutPlacesAMemberCanStillTellOthers(t *testing.T) {
	t.Parallel()
	for _, l := range i18n.Languages {
		s := newSite(t, settings{})
		v, _ := s.welcomed(t, l, "Zoé")
		if words := v.page.text(); strings.Contains(words, i18n.T(l, "welcome.start")) || len(elements(v.page.root, isTag("h2"))) > 0 {
			t.Errorf("without anything to do the page says %s", words)
		}
		letter, err := url.Parse(v.page.link(i18n.T(l, "welcome.colleague.title")))
		if err != nil || letter.Scheme != "mailto" || letter.Opaque != "" {
			t.Fatalf("the link to tell others is %v (%v)", letter, err)
		}
		if subject := letter.Query().Get("subject"); !strings.Contains(subject, org.In(l)) {
			t.Errorf("the subject is %q", subject)
		}
		body := letter.Query().Get("body")
		if !strings.Contains(body, "\r\n"+s.url+"/"+string(l)+"\r\n") || strings.Contains(letter.RawQuery, "+") || strings.Contains(body, "Zoé") {
			t.Errorf("the letter is %q", letter)
		}
	}
}

func TestAMemberWithNewAnswersIsNotWelcomedAgain(t *testing.T) {
	t.Parallel()
	for _, l := range i18n.Languages {
		s := newSite(t, settings{places: allPlaces})
		s.welcomed(t, l, "Zoé")
		s.pass(2 * time.Hour)
		v := s.visitor(t)
		v.sendAs(l, "Zoé", "Tremblay")
		v.open(s.confirmLink(t))
		v.answer(l, someMember, "")
		for _, page := range []string{v.page.url.Path, localPath(l, sentPath)} {
			v.open(page)
			if got, want := v.page.h1(), i18n.T(l, "updated.title"); got != want {
				t.Errorf("%s has the heading %q, want %q", page, got, want)
			}
			if words := v.page.text(); strings.Contains(words, i18n.T(l, "welcome.start")) || strings.Contains(words, i18n.T(l, "welcome.colleague.title")) {
				t.Errorf("%s says %s", page, words)
			}
			v.wantLink(i18n.T(l, "receipt.keep.page"), localPath(l, receiptPath))
		}
	}
}
