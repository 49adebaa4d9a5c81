//go:build e2e

package process

import "net/url"

// empty is a form that was not begun.
var empty = url.Values{"first_name": {""}, "email": {""}}

// code is what is typed into a form that asks for a code.
func code(letters string) url.Values { return url.Values{"code": {letters}} }

// oldDrafts are the cases of people who had not submitted anything before the upgrade.
var oldDrafts = []scenario{
	{"wrong codes", []step{
		{by: "guesser", open: "/en/code", submit: "/en/code", with: code("AAAA AAAA"), status: 422, see: []string{en("code.mistyped.other", 4)}}, // counted anew
	}},
	{"draft_in_section", []step{
		{by: "first", open: "/en/apply", at: "/en/apply/role", see: []string{en("saving.saved")}, form: url.Values{"role_other": {"<typed.role_other>"}, "roles": {"patient", "other"}}},
		{by: "first", open: "/en/apply/role?wrong=1", status: 422, see: []string{en("problem.max", "Tell us your role", 200, 244)}, form: url.Values{"role_other": {"<typed.role_other>"}}},
		{by: "first", open: "/en/apply/about", see: []string{en("draft.place", "Your role")}, form: url.Values{
			"email": {"amara.okafor@example.ca"}, "first_name": {"Amara"}, "last_name": {"Okafor"}, "language": {"en"}, "pronouns": {"she/her"}, "region": {"on"},
		}},
		{by: "first", open: "/en/apply/phone", see: []string{en("phone.make")}, miss: []string{"<codes.handed>"}},
		{by: "stranger", open: "/en/code", submit: "/en/code", with: code("<codes.handed>"), status: 422, see: []string{en("code.late")}},
		{by: "stranger", open: "/en/resume", submit: "/en/resume", with: url.Values{"address": {"Amara.Okafor@example.ca"}}, at: "/en/resume"},
		{letter: "amara.okafor@example.ca", see: []string{en("mail.resume.heading")}, as: "asked"},
		{by: "stranger", open: "<links.asked>", submit: "<links.asked>", at: "/en/apply/role"},
		{by: "stranger", open: "/en/apply/role", submit: "/en/apply/role", autosave: true, with: url.Values{"role_other": {"Navigator"}}, see: []string{en("saving.saved")}},
		{by: "stranger", open: "/en/apply/role", form: url.Values{"role_other": {"Navigator"}}},
		{by: "stranger", open: "/en/apply/role", submit: "/en/apply/role", with: url.Values{"role_other": {"Navigator"}}, at: "/en/apply/affiliations"},
		{by: "first", open: "/en/apply", at: "/en/apply/closed", see: []string{en("closed.title")}},
	}},
	{"draft_ticked", []step{
		{by: "first", open: "/fr/apply", at: "/fr/apply/check", see: helene, form: url.Values{"given": {"consent_privacy", "consent_news"}}},
		{by: "first", open: "/fr/apply/later", form: url.Values{"address": {"helene.cote@example.ca"}}},
		{by: "second", open: "<links.resume>", see: []string{fr("resume.open.title"), fr("check.title")}},
		{by: "second", open: "<links.resume>", submit: "<links.resume>", at: "/fr/apply/check", see: helene, form: url.Values{"given": {"consent_privacy", "consent_news"}}},
		{by: "second", open: "<links.resume>", at: "/fr/apply/check"},
		{by: "stranger", open: "<links.resume>", see: []string{fr("resume.used.title"), "he•••te@example.ca"}},
		{by: "stranger", open: "<links.resume>", submit: "<links.resume>/renew", at: "<links.resume>/renew"},
		{letter: "helene.cote@example.ca", see: []string{fr("mail.resume.heading")}, as: "fresh"},
		{by: "second", open: "/fr/apply/check", submit: "/fr/apply/check", at: "/fr/apply/sent", see: []string{fr("sent.waiting.title"), "helene.cote@example.ca"}},
		{by: "first", open: "/fr/apply", at: "/fr/apply/closed", see: []string{fr("closed.title")}},
		{by: "stranger", open: "<links.resume>", status: 410, see: []string{fr("resume.finished.title")}},
		{letter: "helene.cote@example.ca", see: []string{"/confirm/"}, as: "confirm"},
		{by: "second", open: "/fr/apply/sent", submit: "/fr/apply/sent/code", with: code("<codes.confirm>"), at: "/fr/apply/sent", see: []string{fr("link.used.title")}},
		{by: "second", open: "/fr/apply/receipt", see: helene},
	}},
	{"draft_shared", []step{
		{by: "first", open: "/en/apply", at: "/en/apply/affiliations"},
		{by: "first", open: "/en/apply/about", form: lars},
		{by: "second", open: "/en/apply", at: "/en/apply/affiliations"},
		{by: "second", open: "/en/apply/about", form: lars},
		{by: "third", open: "/en/apply", at: "/en/apply/affiliations"},
		{by: "third", open: "/en/apply/about", form: lars},
		{by: "first", open: "/en/apply/later", form: url.Values{"address": {"<typed.mailbox>"}}},
		{by: "second", open: "<links.resume>", at: "/en/apply/affiliations"},
		{by: "stranger", open: "<links.resume>", see: []string{en("resume.used.title"), "la•••rk@example.ca"}},
		{by: "stranger", open: "/en/code", submit: "/en/code", with: code("<codes.handed>"), status: 422, see: []string{en("code.used")}},
		{by: "stranger", open: "<links.resume>", submit: "<links.resume>/renew", at: "<links.resume>"},
		{letter: "lars.at.work@example.ca", see: []string{en("mail.resume.heading")}, as: "fresh"},
		{by: "stranger", open: "<links.fresh>", submit: "<links.fresh>", at: "/en/apply/affiliations"},
		{by: "stranger", open: "/en/apply/affiliations", submit: "/en/apply/affiliations", with: url.Values{"university": {"Lakehead University"}}, at: "/en/apply/interests"},
		{by: "stranger", open: "/en/apply/affiliations", form: url.Values{"university": {"Lakehead University"}}},
		{by: "second", open: "/en/apply", at: "/en/apply/closed"},
		{by: "third", open: "/en/apply", at: "/en/apply/closed"},
	}},
	{"draft_refused", []step{
		{by: "first", open: "/en/apply", at: "/en/apply/about", form: url.Values{"first_name": {"Bronwen"}, "last_name": {"Pugh"}, "email": {"bronwen.pugh@"}}},
		{by: "first", open: "/en/apply/about?wrong=1", status: 422, see: []string{en("problem.email")}},
		{by: "first", open: "/en/apply/about", submit: "/en/apply/about", with: url.Values{"email": {"bronwen.pugh@example.ca"}}, at: "/en/apply/role"},
	}},
	{"draft_deleted", []step{
		{by: "first", open: "/en/apply", at: "/en/apply/about", form: empty},
	}},
	{"reminded", []step{
		{by: "first", open: "/en/apply", at: "/en/apply/role"},
		{by: "stranger", open: "<links.mailed>", see: []string{en("resume.open.title")}},
		{by: "stranger", open: "<links.resume>", see: []string{en("resume.open.title")}},
		{by: "stranger", open: "<links.delete>", submit: "<links.delete>", at: "/en", see: []string{en("note.deleted")}},
		{by: "first", open: "/en/apply", at: "/en/apply/about", form: empty},
		{by: "stranger", open: "<links.mailed>", status: 404, see: []string{en("resume.mistyped.title")}},
	}},
	{"resume_queued", []step{
		{letter: "noemie.arsenault@example.ca", see: []string{"<links.resume>"}},
		{by: "stranger", open: "<links.resume>", submit: "<links.resume>", at: "/fr/apply/role"},
		{by: "stranger", open: "/fr/apply/about", form: url.Values{"first_name": {"Noémie"}, "last_name": {"Arsenault"}, "email": {"noemie.arsenault@example.ca"}}},
		{by: "stranger", open: "/fr/apply/delete", submit: "/fr/apply/delete", at: "/fr", see: []string{fr("note.deleted")}},
		{by: "first", open: "/fr/apply", at: "/fr/apply/about", form: empty},
	}},
}

// helene are words of the answers in the case draft_ticked.
var helene = []string{"Hélène", "Côté-Tremblay", "helene.cote@example.ca", "Ergothérapie", "À bientôt – Hélène"}

// lars is what the form holds in the case draft_shared.
var lars = url.Values{"first_name": {"Lars"}, "last_name": {"Nyström"}, "email": {"lars.nystrom@example.ca"}}
