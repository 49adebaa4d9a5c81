package mail

import (
	"errors"
	"net/textproto"
	"slices"
	"strings"
	"testing"
	"time"

	"joinery/app/i18n"
)

func TestSMTPSendsTheWholeLetter(t *testing.T) {
	r := startRelay(t, "127.0.0.1:0", nil)
	l := newConfirmation(t, "zoe@example.net", i18n.French)
	l.Subject = "Vérifiez votre adresse – " + strings.Repeat("déjà vu, ", 20) + "fin"
	if err := r.sender(t, "smtp://HOST?tls=none").Send(t.Context(), l); err != nil {
		t.Fatal(err)
	}
	if len(r.letters()) != 1 {
		t.Fatalf("%d letters arrived, want one", len(r.letters()))
	}
	sent := r.letters()[0]
	if sent.from != "bounces@example.org" || sent.to != "zoe@example.net" {
		t.Errorf("envelope from %q to %q", sent.from, sent.to)
	}
	got, err := receive(strings.NewReader(sent.raw))
	if err != nil {
		t.Fatalf("%v in\n%s", err, sent.raw)
	}
	if got.Subject != l.Subject || got.Text != l.Text || got.HTML != l.HTML || !got.Date.Equal(written) {
		t.Errorf("arrived as %+v, want %+v", got, l)
	}
	if want := "Société d’Étude « Élan » <join@example.org>"; got.From != want {
		t.Errorf("From is %q, want %q", got.From, want)
	}
	for key, want := range map[string]string{
		"To": "<zoe@example.net>", "Reply-To": "<help@example.org>", "Message-Id": "<" + l.ID + "@example.org>",
		"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All", "Content-Language": "fr-CA",
		"Mime-Version": "1.0", "User-Agent": "", "X-Mailer": "",
	} {
		if got := got.Header.Get(key); got != want {
			t.Errorf("%s is %q, want %q", key, got, want)
		}
	}
	if kind := got.Header.Get("Content-Type"); !strings.HasPrefix(kind, "multipart/related;") || !slices.Equal(got.Logo, association.Logo.PNG) {
		t.Errorf("Content-Type is %q, the logo %q", kind, got.Logo)
	}
	wantShortASCIILines(t, sent.raw)
}

func TestALetterWithoutALogoHasNoPicture(t *testing.T) {
	h := letterhead{"join@example.org", "", association}
	h.org.Logo = Logo{}
	var raw strings.Builder
	m, err := h.message(newConfirmation(t, "zoe@example.net", i18n.French))
	if err == nil {
		_, err = m.WriteTo(&raw)
	}
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(raw.String(), "\r\nContent-Type: multipart/alternative;") || strings.Contains(raw.String(), "image/png") {
		t.Errorf("the message is\n%s", raw.String())
	}
}

// wantShortASCIILines wants raw to have lines that any server passes on.
func wantShortASCIILines(t *testing.T, raw string) {
	t.Helper()
	for line := range strings.Lines(raw) {
		if len(line) > 80 || !isASCII(line) {
			t.Errorf("line of %d bytes: %q", len(line), line)
		}
	}
}

// TestNoInputAddsAHeader puts headers into each part that headers are made of.
func TestNoInputAddsAHeader(t *testing.T) {
	want := []string{
		"Auto-Submitted", "Content-Language", "Content-Type", "Date", "From", "Message-Id", "Mime-Version",
		"Reply-To", "Subject", "To", "X-Auto-Response-Suppress",
	}
	evil := []string{
		"\r\nBcc: eve@example.org", "\nBcc: eve@example.org", "\rBcc: eve@example.org", "\r\n\r\n<p>Hello", "\x00\r\n.\r\n",
		"=?utf-8?q?=0D=0ABcc:_eve@example.org?=", "é\r\nBcc: eve@example.org", "\u2028Bcc: eve@example.org", "\x85Bcc: eve@example.org",
		strings.Repeat(" ", 200) + "Bcc: eve@example.org", strings.Repeat("many words ", 200), strings.Repeat("é", 2000),
	}
	places := map[string]func(*letterhead, *Letter, string){
		"the subject":       func(_ *letterhead, l *Letter, s string) { l.Subject = "Hello" + s },
		"the organization":  func(h *letterhead, _ *Letter, s string) { h.org.Name = i18n.Text{i18n.English: "Society" + s} },
		"behind a mailbox":  func(_ *letterhead, l *Letter, s string) { l.To += s },
		"before a mailbox":  func(_ *letterhead, l *Letter, s string) { l.To = s + l.To },
		"a name":            func(_ *letterhead, l *Letter, s string) { l.To = "Zoe" + s + " <zoe@example.net>" },
		"a name in quotes":  func(_ *letterhead, l *Letter, s string) { l.To = `"` + s + `" <zoe@example.net>` },
		"a quoted mailbox":  func(_ *letterhead, l *Letter, s string) { l.To = `"zoe` + s + `"@example.net` },
		"a comment":         func(_ *letterhead, l *Letter, s string) { l.To = "zoe@example.net (" + s + ")" },
		"a literal address": func(_ *letterhead, l *Letter, s string) { l.To = "zoe@[192.0.2.1" + s + "]" },
		"a domain":          func(_ *letterhead, l *Letter, s string) { l.To = "zoe@example" + s + ".net" },
	}
	for place, write := range places {
		for _, s := range evil {
			h, l := letterhead{"join@example.org", "help@example.org", association}, newConfirmation(t, "zoe@example.net", i18n.English)
			write(&h, &l, s)
			m, err := h.message(l)
			if err != nil && place != "the subject" && place != "the organization" {
				continue // it is no address
			}
			var raw strings.Builder
			if _, err := m.WriteTo(&raw); err != nil {
				t.Fatal(err)
			}
			head, body, _ := strings.Cut(raw.String(), "\r\n\r\n")
			if got := headers(t, head); !slices.Equal(got, want) {
				t.Errorf("%s, %q: the headers are %q in\n%s", place, s, got, head)
			}
			if !strings.HasPrefix(body, "--") {
				t.Errorf("%s, %q: the body begins with %.40q", place, s, body)
			}
		}
	}
}

// headers returns the sorted names of the headers, and wants their lines to be ones that
// any server passes on, none of them blank.
func headers(t *testing.T, head string) (names []string) {
	t.Helper()
	for _, line := range strings.Split(head, "\r\n") {
		if len(line) > 998 || strings.TrimSpace(line) == "" || strings.ContainsAny(line, "\r\n\x00") {
			t.Errorf("line of %d bytes: %q", len(line), line)
		}
		if name, _, ok := strings.Cut(line, ":"); ok && line[0] != ' ' {
			names = append(names, textproto.CanonicalMIMEHeaderKey(name))
		}
	}
	slices.Sort(names)
	return names
}

func TestALetterSentAgainIsTheSameOne(t *testing.T) {
	r := startRelay(t, "127.0.0.1:0", nil)
	s := r.signing(t, "joinery1", pkcs8(t, newEd25519(t)))
	l := newConfirmation(t, "zoe@example.net", i18n.English)
	for _, at := range []time.Time{written, written.In(time.FixedZone("EST", -5*60*60))} {
		l.Written = at
		if err := s.Send(t.Context(), l); err != nil {
			t.Fatal(err)
		}
	}
	for _, sent := range r.letters() {
		got, err := receive(strings.NewReader(sent.raw))
		if err != nil {
			t.Fatal(err)
		}
		for key, want := range map[string]string{"Message-Id": "<" + l.ID + "@example.org>", "Date": "Sun, 22 Nov 2026 15:04:05 +0000"} {
			if got := got.Header.Get(key); got != want {
				t.Errorf("%s is %q, want %q", key, got, want)
			}
		}
	}
}

func TestSMTPNamesTheOrganizationInTheLettersLanguage(t *testing.T) {
	r := startRelay(t, "127.0.0.1:0", nil)
	if err := r.sender(t, "smtp://HOST?tls=none").Send(t.Context(), newConfirmation(t, "zoe@example.net", i18n.English)); err != nil {
		t.Fatal(err)
	}
	got, err := receive(strings.NewReader(r.letters()[0].raw))
	if err != nil {
		t.Fatal(err)
	}
	if want := `The "Élan" Society <3 <join@example.org>`; got.From != want {
		t.Errorf("From is %q, want %q", got.From, want)
	}
}

func TestALetterToNoAddressFailsForGood(t *testing.T) {
	for _, to := range []string{"", "zoe", "zoe@example.net\r\nBcc: eve@example.org", "zoe@example.net, eve@example.org"} {
		err := startRelay(t, "127.0.0.1:0", nil).sender(t, "smtp://HOST").Send(t.Context(), Letter{Order: Order{ID: "X", To: to, Lang: i18n.English}})
		f := (*Failure)(nil)
		if !errors.As(err, &f) || !f.Permanent() || strings.Contains(err.Error(), "zoe") {
			t.Errorf("Send to %q: %v", to, err)
		}
	}
}
