package join

import (
	"strings"
	"testing"

	"joinery/app/i18n"
	"joinery/app/mail"
	"joinery/app/token"
)

// letters returns the letters of one kind that wait in the queue, the newest
// first.
func (b *bench) letters(t *testing.T, kind mail.Kind) (all []mail.Letter) {
	t.Helper()
	rows, err := b.file.Read().QueryContext(t.Context(), `
		SELECT recipient, lang, topic, text FROM mails WHERE kind = $1 AND state = 'waiting' ORDER BY rowid DESC LIMIT 10`, kind)
	fine(t, err)
	defer rows.Close()
	for rows.Next() {
		l := mail.Letter{Kind: kind}
		fine(t, rows.Scan(&l.To, &l.Lang, &l.Topic, &l.Text))
		all = append(all, l)
	}
	fine(t, rows.Err())
	return all
}

// letter returns the newest letter of one kind.
func (b *bench) letter(t *testing.T, kind mail.Kind) mail.Letter {
	t.Helper()
	all := b.letters(t, kind)
	if len(all) == 0 {
		t.Fatalf("there is no letter of the kind %s", kind)
	}
	return all[0]
}

// tokens returns what follows path in the links of a letter.
func tokens(l mail.Letter, path string) (found []string) {
	for _, word := range strings.Fields(l.Text) {
		if _, token, ok := strings.Cut(word, path); ok {
			found = append(found, token)
		}
	}
	return found
}

// proof returns the token of the newest link to confirm an application.
func (b *bench) proof(t *testing.T) string {
	t.Helper()
	found := tokens(b.letter(t, mail.Confirm), "/confirm/")
	if len(found) != 1 {
		t.Fatalf("the letter has the links %q, want one", found)
	}
	return found[0]
}

// mailed has a link to the draft of w mailed, and returns its token.
func (w *browser) mailed(t *testing.T, to string) string {
	t.Helper()
	fine(t, w.SendResumeLink(t.Context(), w.id, to, i18n.French, ""))
	found := tokens(w.letter(t, mail.Resume), "/resume/")
	if len(found) != 1 {
		t.Fatalf("the letter has the links %q, want one", found)
	}
	return found[0]
}

func (b *bench) link(t *testing.T, token string) Link {
	t.Helper()
	l, err := b.Link(t.Context(), token)
	fine(t, err)
	return l
}

func (b *bench) way(t *testing.T, token string) ResumeLink {
	t.Helper()
	w, err := b.ResumeLink(t.Context(), token)
	fine(t, err)
	return w
}

func (b *bench) wantStanding(t *testing.T, token string, want LinkStatus) {
	t.Helper()
	if got := b.way(t, token).Status; got != want {
		t.Errorf("the link is %s, want %s", got, want)
	}
}

// enter presses the button that w offers, in a browser that holds nothing yet.
func (b *bench) enter(t *testing.T, w ResumeLink, press string) *browser {
	t.Helper()
	return b.enterWith(t, w, "", press)
}

func (b *bench) enterWith(t *testing.T, w ResumeLink, id, press string) *browser {
	t.Helper()
	id, err := b.Enter(t.Context(), w, id, press)
	fine(t, err)
	return &browser{bench: b, id: id}
}

// wantSame wants two browsers to hold one draft.
func wantSame(t *testing.T, a, b *browser) {
	t.Helper()
	if got, want := a.progress(t).Draft.Key, b.progress(t).Draft.Key; got != want || got == "" {
		t.Errorf("it holds the draft %q, want %q", got, want)
	}
}

// proofCode returns the code of the newest letter that asks for confirmation.
func (b *bench) proofCode(t *testing.T) string {
	t.Helper()
	for _, word := range strings.Fields(b.letter(t, mail.Confirm).Text) {
		if len(word) == codeLength && strings.Trim(word, token.CodeAlphabet) == "" {
			return word
		}
	}
	t.Fatal("the letter has no code")
	return ""
}
