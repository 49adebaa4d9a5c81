//go:build e2e

package pages

import (
	"encoding/json"
	"path/filepath"
	"strings"

	"joinery/app/db"
	"joinery/app/e2e/harness"
	"joinery/app/seal"
)

// A sealedApplication is the application that waits at a site, and what opens it.
type sealedApplication struct {
	file    *db.DB
	ring    *seal.Ring
	id      string
	content string // what is sealed, as JSON
}

// openApplication opens the application that waits. The caller must close its file.
func openApplication(p *harness.Person) (a sealedApplication) {
	p.Helper()
	var err error
	a.file, err = db.Open(p.Context(), filepath.Join(p.Site["DATA"], "joinery.db"), db.Crash, db.Migrations())
	p.Must(err)
	a.ring, err = seal.Load(p.Context(), a.file, seal.FromFile(filepath.Join(p.Site["DATA"], "master.key")))
	p.Must(err)
	var sealed string
	p.Must(a.file.Read().QueryRow(`SELECT id, content FROM applications WHERE state = 'waiting'`).Scan(&a.id, &sealed))
	a.content, err = a.ring.Open(p.Context(), "application "+a.id, sealed)
	p.Must(err)
	return a
}

// changeApplication replaces a text in the application that waits, such as its address.
func changeApplication(p *harness.Person, from, to string) {
	p.Helper()
	a := openApplication(p)
	defer a.file.Close()
	content := a.ring.Seal("application "+a.id, strings.ReplaceAll(a.content, from, to))
	_, err := a.file.Write().Exec(`UPDATE applications SET content = $1 WHERE id = $2`, content, a.id)
	p.Must(err)
}

// addMembers adds two members with the address and the answers of the application that
// waits.
func addMembers(p *harness.Person) {
	p.Helper()
	a := openApplication(p)
	defer a.file.Close()
	var of struct {
		Email   string
		Answers json.RawMessage
	}
	p.Must(json.Unmarshal([]byte(a.content), &of))
	_, err := a.file.Write().Exec(`
		INSERT INTO members (id, email, lang, form, answers, confirmed_at, updated_at)
		SELECT 'm' || n, $1, lang, form, $2, sent_at, sent_at FROM applications JOIN (SELECT 1 n UNION SELECT 2) WHERE id = $3`, of.Email, string(of.Answers), a.id)
	p.Must(err)
}
