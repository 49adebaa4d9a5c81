package mail

import (
	"encoding/base64"
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
	Logo    []byte      // a PNG that HTML shows by cid:logo@letter; nil: none
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
	return got, got.readParts(m.Header.Get("Content-Type"), m.Body)
}

// readParts reads the parts of a multipart body, and the parts of these.
func (r *StoredMail) readParts(contentType string, body io.Reader) error {
	_, params, err := mime.ParseMediaType(contentType)
	if err != nil {
		return err
	}
	parts := multipart.NewReader(body, params["boundary"])
	for {
		part, err := parts.NextPart() // it decodes quoted-printable
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		if err := r.readPart(part.Header.Get("Content-Type"), part); err != nil {
			return err
		}
	}
}

func (r *StoredMail) readPart(contentType string, body io.Reader) (err error) {
	kind, _, _ := mime.ParseMediaType(contentType)
	switch kind {
	case "multipart/alternative", "multipart/related":
		return r.readParts(contentType, body)
	case "text/plain":
		r.Text, err = readText(body)
	case "text/html":
		r.HTML, err = readText(body)
	case "image/png":
		r.Logo, err = io.ReadAll(base64.NewDecoder(base64.StdEncoding, body))
	}
	return err
}

func readText(body io.Reader) (string, error) {
	text, err := io.ReadAll(body)
	return strings.ReplaceAll(string(text), "\r\n", "\n"), err
}
