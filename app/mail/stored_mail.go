package mail

import (
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/mail"
	"strings"
	"time"
)

// StoredMail is a letter as a mail program shows it.
type StoredMail struct {
	ID      string // of the letter
	Subject string
	From    string // with the name, if there is one
	To      string // only the address
	Date    time.Time
	Text    string
	HTML    string
	Header  mail.Header // as it was sent, in its encoding

	came time.Time // to the outbox
}

// receive parses a mail.
func receive(r io.Reader) (StoredMail, error) {
	m, err := mail.ReadMessage(r)
	if err != nil {
		return StoredMail{}, err
	}
	got := StoredMail{Header: m.Header}
	if got.Date, err = m.Header.Date(); err != nil {
		return StoredMail{}, err
	}
	to, err := mail.ParseAddress(m.Header.Get("To"))
	if err != nil {
		return StoredMail{}, err
	}
	got.To = to.Address
	words := new(mime.WordDecoder)
	for key, value := range map[string]*string{"Subject": &got.Subject, "From": &got.From} {
		if *value, err = words.DecodeHeader(m.Header.Get(key)); err != nil {
			return StoredMail{}, fmt.Errorf("%s: %w", key, err)
		}
	}
	return got, got.readParts(m)
}

func (r *StoredMail) readParts(m *mail.Message) error {
	_, params, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	if err != nil {
		return err
	}
	parts := multipart.NewReader(m.Body, params["boundary"])
	for {
		part, err := parts.NextPart() // it decodes quoted-printable
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		body, err := io.ReadAll(part)
		if err != nil {
			return err
		}
		r.setPart(part.Header.Get("Content-Type"), strings.ReplaceAll(string(body), "\r\n", "\n"))
	}
}

func (r *StoredMail) setPart(contentType, body string) {
	switch kind, _, _ := mime.ParseMediaType(contentType); kind {
	case "text/plain":
		r.Text = body
	case "text/html":
		r.HTML = body
	}
}
