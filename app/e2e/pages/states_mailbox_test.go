//go:build e2e

package pages

import (
	"fmt"
	"strings"

	"joinery/app/e2e/harness"
	"joinery/app/token"
)

// inspectSharedMailbox inspects the question which of those who share a mailbox applied,
// on another device and where the application was sent from, and leaves the link as it was.
func inspectSharedMailbox(p, o *harness.Person, link string) {
	addMembers(p)
	changeStore(p, "joinery.db", `UPDATE applications SET held = 'who'`)
	inspectAt(o, link, "link.held.title")
	o.Follow(o.Words("who.send"))
	o.Expect(o.Words("link.held.title"), "words(heading())")
	inspect(o, "held, without an answer")
	changeStore(p, "joinery.db", "DELETE FROM members WHERE id = 'm2'")
	inspectAt(p, link, "link.held.title", "where it was sent from")
	changeStore(p, "joinery.db", "DELETE FROM members; UPDATE applications SET held = ''")
}

// inspectRestoreLinks inspects the link that puts former answers back, in every state.
func inspectRestoreLinks(p *harness.Person) {
	selector, verifier := strings.Repeat("A", 10), strings.Repeat("B", token.SecretLength)
	link := p.Path("/restore/" + selector + "-" + verifier)
	changeStore(p, "joinery.db", fmt.Sprintf(`INSERT INTO former_answers
		(selector, verifier_hash, code_hash, member, lang, form, answers, updated_at, application, last_consent, replaced_at, replaced_by)
		SELECT '%s', '%s', 'code', id, lang, form, answers, updated_at, '', 0, unixepoch(), application FROM members`, selector, token.Digest(verifier)))
	inspectAt(p, link, "restore.open.title")
	p.Fill(p.Words("proof.label"), "AAA AAA AAA")
	p.Follow(p.Words("restore.send"))
	inspect(p, "restore, with a wrong code")
	for _, next := range []struct{ state, title string }{
		{"attempts = 5", "restore.spent.title"}, {"replaced_by = 'another'", "restore.superseded.title"},
		{"code_hash = ''", "restore.moved.title"}, {"replaced_at = 1", "restore.late.title"}, {"restored_at = 1", "restore.done.title"},
	} {
		changeStore(p, "joinery.db", "UPDATE former_answers SET "+next.state)
		inspectAt(p, link, next.title)
	}
	inspectAt(p, p.Path("/restore/nothing"), "restore.cut.title")
	inspectAt(p, p.Path("/restore/"+strings.Repeat("A", 36)), "restore.mistyped.title")
	changeStore(p, "joinery.db", "DELETE FROM former_answers")
}

// inspectAddressLinks inspects the link that confirms another address of a member, in the
// states that need no address.
func inspectAddressLinks(p *harness.Person) {
	selector, verifier := strings.Repeat("A", 10), strings.Repeat("B", token.SecretLength)
	link := p.Path("/address/" + selector + "-" + verifier)
	changeStore(p, "joinery.db", fmt.Sprintf(`INSERT INTO address_changes
		(member, selector, verifier_hash, code_hash, address, address_digest, asked_at, ends_at)
		SELECT id, '%s', '%s', 'code', '', '', unixepoch(), unixepoch() + 600 FROM members`, selector, token.Digest(verifier)))
	inspectAt(p, link, "new_address.open.title")
	p.Fill(p.Words("proof.label"), "AAA AAA AAA")
	p.Follow(p.Words("new_address.send"))
	inspect(p, "another address, with a wrong code")
	for _, next := range []struct{ state, title string }{
		{"attempts = 5", "new_address.spent.title"}, {"ends_at = 1", "new_address.late.title"}, {"state = 'superseded'", "new_address.superseded.title"},
		{"state = 'withdrawn'", "new_address.withdrawn.title"}, {"state = 'done', done_at = 1", "new_address.done.title"},
	} {
		changeStore(p, "joinery.db", "UPDATE address_changes SET "+next.state)
		inspectAt(p, link, next.title)
	}
	inspectAt(p, p.Path("/address/nothing"), "new_address.cut.title")
	inspectAt(p, p.Path("/address/"+strings.Repeat("A", 36)), "new_address.mistyped.title")
	changeStore(p, "joinery.db", "DELETE FROM address_changes")
}
