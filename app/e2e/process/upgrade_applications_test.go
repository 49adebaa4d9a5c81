//go:build e2e

package process

import "net/url"

// confirmed are the words that greet a member.
var confirmed = []string{"You’re a member"}

// oldApplications are the cases of people who submitted before the upgrade.
var oldApplications = []scenario{
	{"waiting", []step{
		{by: "first", open: "/en/apply", at: "/en/apply/sent", see: []string{"One last step: check your email", "priya.raman@example.ca"}},
		{by: "first", open: "/en/apply/sent", submit: "/en/apply/sent/code", with: url.Values{"code": {"AAAAAA"}}, status: 422, at: "/en/apply/sent", see: []string{"You can try 2 more times."}},
		{by: "first", open: "/en/apply/receipt", see: append([]string{"Waiting for confirmation until"}, priya...)},
		{by: "first", open: "/en/apply/receipt.pdf", see: []string{"%PDF-"}},
		{by: "stranger", open: "<links.first>", see: []string{"We’ve sent you a newer message", "p•••@example.ca"}},
		{by: "stranger", open: "<links.newest>", see: []string{"Is this your email address?", "priya.raman@example.ca"}},
		{by: "first", open: "/en/apply/sent", submit: "/en/apply/sent/code", with: code("<codes.first>"), status: 422, at: "/en/apply/sent", see: []string{"This code is from an earlier message."}},
		{by: "first", open: "/en/apply/sent", submit: "/en/apply/sent/code", with: code("<codes.newest>"), at: "/en/apply/sent", see: confirmed},
		{by: "stranger", open: "<links.first>", see: confirmed},
		{by: "first", open: "/en/apply/receipt", see: append([]string{"Member (address confirmed on"}, priya...)},
		{letter: "priya.raman@example.ca", see: []string{"You are a member. Welcome!"}},
	}},
	{"waiting_correcting", []step{
		{by: "first", open: "/fr/apply", at: "/fr/apply/interests", form: url.Values{"goals": {"<typed.goals>"}}},
		{by: "first", open: "<links.newest>", see: []string{"Est-ce bien votre adresse courriel?"}}, // this browser corrects: the link alone does not confirm
		{by: "stranger", open: "<links.newest>", see: []string{"Est-ce bien votre adresse courriel?", "etienne.gagnon@example.ca"}},
		{by: "first", open: "/fr/apply/interests", submit: "/fr/apply/interests", at: "/fr/apply/check", see: []string{"Étienne", "Gagnon", "etienne.gagnon@example.ca", "<typed.goals>"}},
		{by: "first", open: "/fr/apply/check", submit: "/fr/apply/check", with: url.Values{"given": {"consent_privacy"}}, at: "/fr/apply/sent", see: []string{"consultez vos courriels"}},
		{by: "stranger", open: "<links.newest>", status: 410, see: []string{"Cette demande a été corrigée et envoyée de nouveau"}},
		{letter: "etienne.gagnon@example.ca", see: []string{"/confirm/"}, as: "corrected"},
		{by: "first", open: "<links.corrected>", see: []string{"Vous êtes membre"}},
		{by: "first", open: "/fr/apply/receipt", see: []string{"<typed.goals>"}},
	}},
	{"withdrawn", []step{
		{by: "stranger", open: "<links.confirm>", status: 410, see: []string{"Cette demande a été retirée"}},
		{by: "first", open: "/fr/apply/sent", see: []string{"Cette demande a été retirée"}},
		{by: "first", open: "/fr/apply", at: "/fr/apply/about", form: empty},
	}},
	{"expired", []step{
		{by: "stranger", open: "<links.confirm>", status: 410, see: []string{"This application has expired"}},
		{by: "first", open: "/en/apply/sent", see: []string{"Your application has expired"}},
	}},
	{"choice_declined", []step{
		{by: "stranger", open: "<links.confirm>", see: []string{"Est-ce bien votre adresse courriel?", "solange.perreault@example.ca"}},
		{by: "first", open: "<links.confirm>", see: []string{"Vous êtes membre"}},
	}},
	{"doubted", []step{
		{by: "first", open: "/en/apply", at: "/en/apply/sent", see: []string{"One last step: check your email"}},
		{by: "stranger", open: "<links.confirm>", see: []string{"Please type the code from our message"}},
		{by: "stranger", open: "<links.confirm>", submit: "<links.confirm>/code", with: url.Values{"code": {"AAA AAA"}, "choice": {"yes"}}, status: 422, see: []string{"You can try 4 more times."}},
		{by: "stranger", open: "<links.confirm>", submit: "<links.confirm>/code", with: url.Values{"code": {"<codes.confirm>"}, "choice": {"yes"}}, at: "<links.confirm>", see: confirmed},
	}},
	{"readdressed", []step{
		{by: "stranger", open: "<links.replaced>", status: 410, see: []string{"This application was corrected and sent again"}},
		{by: "first", open: "/en/apply", at: "/en/apply/sent", see: []string{"kwame.boateng@example.ca"}, miss: []string{"<typed.wrong_address>"}},
		{by: "first", open: "<links.newest>", see: confirmed},
		{by: "first", open: "/en/apply/receipt", see: []string{"Kwame", "Boateng", "kwame.boateng@example.ca"}},
	}},
	{"choice_pending", []step{
		{by: "stranger", open: "<links.confirm>", soon: true, see: confirmed},
		{by: "first", open: "/en/apply/sent", see: confirmed},
		{letter: "ingrid.solheim@example.ca", see: []string{"You are a member. Welcome!"}},
	}},
	{"deletion_pending", []step{
		{by: "stranger", open: "<links.confirm>", soon: true, status: 410, see: []string{"This application was withdrawn"}},
		{by: "first", open: "/en/apply/sent", see: []string{"This application was withdrawn"}},
	}},
	{"letter_queued", []step{
		{letter: "samuel.osei@example.ca", see: []string{"<links.confirm>", "<codes.confirm>"}},
		{by: "first", open: "/en/apply", at: "/en/apply/sent", see: []string{"We sent our message", "samuel.osei@example.ca"}},
		{by: "stranger", open: "<links.confirm>", submit: "<links.confirm>", with: url.Values{"choice": {"yes"}}, see: []string{"Confirming…"}},
		{by: "stranger", open: "<links.confirm>", soon: true, see: confirmed},
		{letter: "samuel.osei@example.ca", see: []string{"You are a member. Welcome!"}},
	}},
	{"member", []step{
		{by: "first", open: "<links.confirm>", see: confirmed},
		{by: "stranger", open: "<links.confirm>", see: confirmed},
		{by: "first", open: "/en/apply/sent", see: append([]string{"See or print the receipt"}, confirmed...)},
		{by: "first", open: "/en/apply/receipt", see: []string{"Joan", "Whitfield", "joan.whitfield@example.ca", "France", "Member (address confirmed on", "You agreed", "You did not agree"}},
		{by: "first", open: "/en/apply/receipt.pdf", see: []string{"%PDF-"}},
		{by: "first", open: "/en/apply", at: "/en/apply/about", form: empty},
	}},
	{"member_updated", []step{
		{by: "stranger", open: "<links.first>", see: confirmed},
		{by: "stranger", open: "<links.second>", see: []string{"Your answers are up to date"}},
		{by: "first", open: "/en/apply/receipt", status: 410, see: []string{"This receipt is no longer available"}},
		{by: "second", open: "/en/apply/receipt", see: []string{"Tomasz", "Wójcik", "<typed.goals>"}, miss: []string{"The first answers"}},
	}},
}

// priya are words of the receipt in the case waiting.
var priya = []string{"Priya", "Raman", "University of Sampleville", "Doctoral", "You agreed", "You did not agree"}
