package web

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"joinery/app/address"
	"joinery/app/form"
	"joinery/app/i18n"
)

// privacyNotice returns the text of the notice, in one line.
func (s *site) privacyNotice(t *testing.T, l i18n.Lang) string {
	t.Helper()
	v := s.visitor(t)
	v.open("/" + string(l) + "/privacy")
	v.want(http.StatusOK, i18n.T(l, "privacy.title"))
	return strings.Join(strings.Fields(v.page.text()), " ")
}

// plain puts the words of the catalogue into one line, as privacyNotice does.
func plain(words string) string { return strings.Join(strings.Fields(words), " ") }

// TestThePrivacyNoticeFollowsTheSettings compares it with two installations.
func TestThePrivacyNoticeFollowsTheSettings(t *testing.T) {
	t.Parallel()
	s := newSite(t, settings{notice: Notice{RemindBefore: 90 * time.Minute, ConsentKeep: 26280 * time.Hour, MailHost: "mail.hub.example", CountsBegun: true}})
	s.server.MX = &address.MXChecker{Now: s.now}
	s.server.DraftTTL, s.server.WaitingTTL = 11*day, 5*day
	bare := newSite(t, settings{})
	for l, want := range map[i18n.Lang][]string{
		i18n.English: {"11 days after you last saved it", "application 5 days after you send it", "replaced answers for another 30 days", "about 2 hours before the draft", "agreed to for 3 years", "mail.hub.example"},
		i18n.French:  {"brouillon 11 jours après", "demande 5 jours après l’envoi", "remplacées pendant 30 jours de plus", "environ 2 heures avant", "pendant 3 ans une preuve", "mail.hub.example"},
	} {
		told, less := s.privacyNotice(t, l), bare.privacyNotice(t, l)
		for _, words := range append(want, i18n.T(l, "privacy.kept.begun"), i18n.T(l, "privacy.kept.looked")) {
			if !strings.Contains(told, plain(words)) {
				t.Errorf("the notice does not say %q", words)
			}
		}
		for _, words := range append(want[3:], i18n.T(l, "privacy.kept.begun"), i18n.T(l, "privacy.kept.looked")) {
			if strings.Contains(less, plain(words)) {
				t.Errorf("the notice says %q, which is not so there", words)
			}
		}
	}
}

// TestThePrivacyNoticeFollowsTheForm wants each consent in it, in its words, and apart what
// nobody has to agree to; and the sections of the form.
func TestThePrivacyNoticeFollowsTheForm(t *testing.T) {
	t.Parallel()
	d, err := membership()
	if err != nil {
		t.Fatal(err)
	}
	changed := *d
	changed.Consents = append([]form.Consent{{Key: "photos", Wording: i18n.Text{i18n.English: "{org} may show my picture.", i18n.French: "{org} peut montrer ma photo."}}}, d.Consents...)
	s := newSite(t, settings{form: &changed})
	for _, l := range i18n.Languages {
		told := s.privacyNotice(t, l)
		must, may, found := strings.Cut(told, plain(i18n.T(l, "privacy.why.optional")))
		if !found {
			t.Fatalf("the notice does not say what is optional:\n%s", told)
		}
		for i := range changed.Consents {
			consent := &changed.Consents[i]
			where := map[bool]string{true: must, false: may}[consent.Required]
			if words := plain(consent.In(l, org)); !strings.Contains(where, words) {
				t.Errorf("the notice does not say %q, or not at its place", words)
			}
		}
		for _, section := range d.Sections {
			if !strings.Contains(told, section.Title.In(l)) {
				t.Errorf("the notice does not name the section %q", section.Title.In(l))
			}
		}
	}
}

func TestASpanIsToldInItsUnit(t *testing.T) {
	t.Parallel()
	for d, want := range map[time.Duration]string{
		0: "", time.Minute: "1 hour", 90 * time.Minute: "2 hours", 47 * time.Hour: "47 hours", 72 * time.Hour: "3 days", 73 * time.Hour: "4 days",
		365 * 24 * time.Hour: "1 year", 26280 * time.Hour: "3 years",
	} {
		if got := span(i18n.English, d); got != want {
			t.Errorf("%v is told as %q, want %q", d, got, want)
		}
	}
}
