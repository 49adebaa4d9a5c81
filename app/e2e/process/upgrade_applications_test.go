//go:build e2e

package process

import "net/url"

// confirmed are the words that greet a member.
var confirmed = []string{en("link.used.title")}

// oldApplications are the cases of people who submitted before the upgrade.
var oldApplications = []scenario{
	{"waiting", []step{
		{by: "first", open: "/en/apply", at: "/en/apply/sent", see: []string{en("sent.waiting.title"), "priya.raman@example.ca"}},
		{by: "first", open: "/en/apply/sent", submit: "/en/apply/sent/code", with: url.Values{"code": {"AAAAAA"}}, status: 422, at: "/en/apply/sent", see: []string{en("proof.mistyped.other", 2)}},
		{by: "first", open: "/en/apply/receipt", see: append([]string{en("receipt.waiting")}, priya...)},
		{by: "first", open: "/en/apply/receipt.pdf", see: []string{"%PDF-"}},
		{by: "stranger", open: "<links.first>", see: []string{en("link.superseded.title"), "pr•••an@example.ca"}},
		{by: "stranger", open: "<links.newest>", see: []string{en("link.open.title"), "pr•••an@example.ca"}},
		{by: "first", open: "/en/apply/sent", submit: "/en/apply/sent/code", with: code("<codes.first>"), status: 422, at: "/en/apply/sent", see: []string{en("proof.superseded")}},
		{by: "first", open: "/en/apply/sent", submit: "/en/apply/sent/code", with: code("<codes.newest>"), at: "/en/apply/sent", see: confirmed},
		{by: "stranger", open: "<links.first>", see: confirmed},
		{by: "first", open: "/en/apply/receipt", see: append([]string{en("receipt.member")}, priya...)},
		{letter: "priya.raman@example.ca", see: []string{en("mail.welcome.named", "Priya")}},
	}},
	{"waiting_correcting", []step{
		{by: "first", open: "/fr/apply", at: "/fr/apply/interests", form: url.Values{"goals": {"<typed.goals>"}}},
		{by: "first", open: "<links.newest>", see: []string{fr("link.open.title")}}, // this browser corrects: the link alone does not confirm
		{by: "stranger", open: "<links.newest>", see: []string{fr("link.open.title"), "et•••on@example.ca"}},
		{by: "first", open: "/fr/apply/interests", submit: "/fr/apply/interests", at: "/fr/apply/check", see: []string{"Étienne", "Gagnon", "etienne.gagnon@example.ca", "<typed.goals>"}},
		{by: "first", open: "/fr/apply/check", submit: "/fr/apply/check", with: url.Values{"given": {"consent_privacy"}}, at: "/fr/apply/sent", see: []string{fr("sent.waiting.title")}},
		{by: "stranger", open: "<links.newest>", status: 410, see: []string{fr("link.replaced.title")}},
		{letter: "etienne.gagnon@example.ca", see: []string{"/confirm/"}, as: "corrected"},
		{by: "first", open: "<links.corrected>", see: []string{fr("link.used.title")}},
		{by: "first", open: "/fr/apply/receipt", see: []string{"<typed.goals>"}},
	}},
	{"withdrawn", []step{
		{by: "stranger", open: "<links.confirm>", status: 410, see: []string{fr("link.withdrawn.title")}},
		{by: "first", open: "/fr/apply/sent", see: []string{fr("sent.withdrawn.title")}},
		{by: "first", open: "/fr/apply", at: "/fr/apply/about", form: empty},
	}},
	{"expired", []step{
		{by: "stranger", open: "<links.confirm>", status: 410, see: []string{en("link.gone.title")}},
		{by: "first", open: "/en/apply/sent", see: []string{en("sent.expired.title")}},
	}},
	{"choice_declined", []step{
		{by: "stranger", open: "<links.confirm>", see: []string{fr("link.open.title"), "so•••lt@example.ca"}},
		{by: "first", open: "<links.confirm>", see: []string{fr("link.used.title")}},
	}},
	{"doubted", []step{
		{by: "first", open: "/en/apply", at: "/en/apply/sent", see: []string{en("sent.waiting.title")}},
		{by: "stranger", open: "<links.confirm>", see: []string{en("link.doubted.title")}},
		{by: "stranger", open: "<links.confirm>", submit: "<links.confirm>/code", with: url.Values{"code": {"AAA AAA"}, "choice": {"yes"}}, status: 422, see: []string{en("proof.mistyped.other", 4)}},
		{by: "stranger", open: "<links.confirm>", submit: "<links.confirm>/code", with: url.Values{"code": {"<codes.confirm>"}, "choice": {"yes"}}, at: "<links.confirm>", see: confirmed},
	}},
	{"readdressed", []step{
		{by: "stranger", open: "<links.replaced>", status: 410, see: []string{en("link.replaced.title")}},
		{by: "first", open: "/en/apply", at: "/en/apply/sent", see: []string{"kwame.boateng@example.ca"}, miss: []string{"<typed.wrong_address>"}},
		{by: "first", open: "<links.newest>", see: confirmed},
		{by: "first", open: "/en/apply/receipt", see: []string{"Kwame", "Boateng", "kwame.boateng@example.ca"}},
	}},
	{"choice_pending", []step{
		{by: "stranger", open: "<links.confirm>", soon: true, see: confirmed},
		{by: "first", open: "/en/apply/sent", see: confirmed},
		{letter: "ingrid.solheim@example.ca", see: []string{en("mail.welcome.named", "Ingrid")}},
	}},
	{"deletion_pending", []step{
		{by: "stranger", open: "<links.confirm>", soon: true, status: 410, see: []string{en("link.withdrawn.title")}},
		{by: "first", open: "/en/apply/sent", see: []string{en("sent.withdrawn.title")}},
	}},
	{"letter_queued", []step{
		{letter: "samuel.osei@example.ca", see: []string{"<links.confirm>", "<codes.confirm>"}},
		{by: "first", open: "/en/apply", at: "/en/apply/sent", see: []string{en("sent.mail.accepted"), "samuel.osei@example.ca"}},
		{by: "stranger", open: "<links.confirm>", submit: "<links.confirm>", with: url.Values{"choice": {"yes"}}, see: []string{en("link.confirming.title")}},
		{by: "stranger", open: "<links.confirm>", soon: true, see: confirmed},
		{letter: "samuel.osei@example.ca", see: []string{en("mail.welcome.named", "Samuel")}},
	}},
	{"member", []step{
		{by: "first", open: "<links.confirm>", see: confirmed},
		{by: "stranger", open: "<links.confirm>", see: confirmed},
		{by: "first", open: "/en/apply/sent", see: append([]string{en("receipt.keep.page")}, confirmed...)},
		{by: "first", open: "/en/apply/receipt", see: []string{"Joan", "Whitfield", "joan.whitfield@example.ca", "France", en("receipt.member"), en("receipt.given"), en("receipt.refused")}},
		{by: "first", open: "/en/apply/receipt.pdf", see: []string{"%PDF-"}},
		{by: "first", open: "/en/apply", at: "/en/apply/about", form: empty},
	}},
	{"member_updated", []step{
		{by: "stranger", open: "<links.first>", see: confirmed},
		{by: "stranger", open: "<links.second>", see: []string{en("updated.title")}},
		{by: "first", open: "/en/apply/receipt", status: 410, see: []string{en("receipt.gone.title")}},
		{by: "second", open: "/en/apply/receipt", see: []string{"Tomasz", "Wójcik", "<typed.goals>"}, miss: []string{"The first answers"}},
	}},
}

// priya are words of the receipt in the case waiting.
var priya = []string{"Priya", "Raman", "University of Sampleville", "Doctoral", en("receipt.given"), en("receipt.refused")}
