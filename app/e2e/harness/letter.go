//go:build e2e

package harness

import (
	"io"
	"mime"
	"mime/multipart"
	"net/mail"
	"path/filepath"
	"strings"
	"testing"

	outbox "joinery/app/mail"
)

// A Letter is what makes two letters the same to their reader.
type Letter struct{ ID, To, Subject, Text, HTML string }

func parseLetter(t *testing.T, raw string) Letter {
	t.Helper()
	m, err := mail.ReadMessage(strings.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	subject, err := new(mime.WordDecoder).DecodeHeader(m.Header.Get("Subject"))
	if err != nil {
		t.Fatal(err)
	}
	l := Letter{Subject: subject, To: strings.Trim(m.Header.Get("To"), "<>")}
	l.ID, _, _ = strings.Cut(strings.TrimPrefix(m.Header.Get("Message-ID"), "<"), "@")
	parts := alternatives(t, m.Header.Get("Content-Type"), m.Body)
	for _, body := range []*string{&l.Text, &l.HTML} {
		part, err := parts.NextPart()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(part)
		if err != nil {
			t.Fatal(err)
		}
		*body = strings.ReplaceAll(string(content), "\r\n", "\n")
	}
	return l
}

// alternatives returns the text and the HTML of a letter. If it has a logo, they stand
// together in a part beside that.
func alternatives(t *testing.T, contentType string, body io.Reader) *multipart.Reader {
	t.Helper()
	kind, params, err := mime.ParseMediaType(contentType)
	if err != nil {
		t.Fatal(err)
	}
	parts := multipart.NewReader(body, params["boundary"])
	if kind == "multipart/alternative" {
		return parts
	}
	part, err := parts.NextPart()
	if err != nil {
		t.Fatal(err)
	}
	return alternatives(t, part.Header.Get("Content-Type"), part)
}

// FirstInOutbox waits for a letter in the development outbox of a site and
// returns its text.
func FirstInOutbox(t *testing.T, s Settings) (text string) {
	t.Helper()
	box := outbox.Outbox{Dir: filepath.Join(s["DATA"], "outbox")}
	Eventually(t, "the letter is in the outbox", func() error {
		letters, err := box.List()
		if err == nil && len(letters) == 0 {
			err = outbox.ErrNotFound
		}
		if err == nil {
			text = letters[0].Text
		}
		return err
	})
	return text
}
