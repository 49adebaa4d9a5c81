package person

import (
	"maps"
	"slices"
	"time"

	"joinery/app/consent"
	"joinery/app/form"
	"joinery/app/i18n"
	"joinery/app/mail"
)

// An Account is all that is held of a person, with words beside codes, as they may ask for it.
type Account struct {
	Address string           `json:"address"`
	Members []MemberAccount  `json:"members"`
	Waiting []WaitingAccount `json:"waiting_applications"`
	Changes []ChangeAccount  `json:"address_changes"`  // not confirmed yet
	Drafts  []DraftAccount   `json:"drafts"`           // but for those of others
	Others  int              `json:"drafts_of_others"` // how many drafts of others mention the address
	Consent []consent.Record `json:"consents"`         // the whole history, with the wording
	Letters []LetterAccount  `json:"letters"`
	words   i18n.Lang        // of questions and answers
	forms   func(version string) *form.Definition
}

// An Answer is a question that was answered.
type Answer struct {
	Key      string   `json:"key"`
	Question string   `json:"question"`
	Values   []string `json:"values"`              // codes, or text
	Words    []string `json:"words"`               // the same as it is shown
	Invalid  bool     `json:"not_valid,omitempty"` // typed in a draft, and not accepted yet
}

// A MemberAccount is a member.
type MemberAccount struct {
	ID        string          `json:"id"`
	Email     string          `json:"email"`
	Lang      i18n.Lang       `json:"language"`
	Confirmed time.Time       `json:"confirmed"`
	Updated   time.Time       `json:"updated"`
	Answers   []Answer        `json:"answers"`
	Former    []FormerAccount `json:"former_answers"`
}

// A FormerAccount is what a member had answered before, and can put back.
type FormerAccount struct {
	Replaced time.Time `json:"replaced"`
	Answers  []Answer  `json:"answers"`
}

// A WaitingAccount is an application that waits for confirmation.
type WaitingAccount struct {
	Email    string            `json:"email"`
	Lang     i18n.Lang         `json:"language"`
	Sent     time.Time         `json:"sent"`
	Answers  []Answer          `json:"answers"`
	Consents []consent.Consent `json:"consents"`
}

// A ChangeAccount is another address that a member is to have once its reader confirms it.
type ChangeAccount struct {
	To    string    `json:"to"`
	Asked time.Time `json:"asked"`
	Ends  time.Time `json:"ends"`
}

// A DraftAccount is a draft.
type DraftAccount struct {
	Saved   time.Time `json:"saved"`
	Contact string    `json:"contact_address,omitempty"` // where mail about it goes
	Answers []Answer  `json:"answers"`
}

// A LetterAccount is what the queue keeps of a letter.
type LetterAccount struct {
	Kind    mail.Kind  `json:"kind"`
	State   mail.State `json:"state"`
	Planned time.Time  `json:"planned"`
	Ended   *time.Time `json:"ended"` // nil: it waits
}

// Account returns what is held under an address, in the words of l. Forms returns the form of
// a version, or the present one if that is not known.
func (h Held) Account(address string, l i18n.Lang, forms func(version string) *form.Definition) Account {
	a := Account{
		address, []MemberAccount{}, []WaitingAccount{}, []ChangeAccount{}, []DraftAccount{}, len(h.Drafts) - h.Own(), []consent.Record{}, []LetterAccount{}, l, forms,
	}
	for _, m := range h.Members {
		a.Members = append(a.Members, a.member(m))
	}
	for _, w := range h.Waiting {
		a.Waiting = append(a.Waiting, WaitingAccount{w.Email, w.Lang, w.Sent.UTC(), a.answers(w.Form, w.Answers, false), w.Consents})
	}
	for _, c := range h.Changes {
		if len(h.Members) == 0 || h.HasMember(c.Member) { // or it may be another person's
			a.Changes = append(a.Changes, ChangeAccount{c.To, c.AskedAt.UTC(), c.EndsAt.UTC()})
		}
	}
	for _, d := range h.Drafts {
		if !d.Mentioned {
			a.Drafts = append(a.Drafts, a.draft(d))
		}
	}
	a.Consent = append(a.Consent, h.Consents...)
	for _, l := range h.Letters {
		a.Letters = append(a.Letters, newLetterAccount(l))
	}
	return a
}

func (a Account) member(m Member) MemberAccount {
	account := MemberAccount{m.ID, m.Email, m.Lang, m.Confirmed, m.Updated, a.answers(m.Form, m.Answers, false), []FormerAccount{}}
	for _, f := range m.Former {
		account.Former = append(account.Former, FormerAccount{f.ReplacedAt.UTC(), a.answers(f.Form, f.Answers, false)})
	}
	return account
}

func (a Account) draft(d Draft) DraftAccount {
	account := DraftAccount{d.Content.Saved.UTC(), d.ContactEmail, []Answer{}}
	for _, key := range d.SectionsIn(a.forms("")) {
		s := d.Content.Sections[key]
		account.Answers = append(account.Answers, a.answers(s.Form, s.Answers, false)...)
		account.Answers = append(account.Answers, a.answers(s.Form, s.Invalid, true)...)
	}
	return account
}

// answers returns the answers under a version of the form: in its order, and then those to
// questions that it does not have.
func (a Account) answers(version string, all form.Answers, invalid bool) []Answer {
	answers, left := []Answer{}, maps.Clone(all)
	for _, s := range a.forms(version).Sections {
		for _, f := range s.Fields {
			if all.Given(f.Key) {
				answers = append(answers, Answer{f.Key, f.InShort().In(a.words), all[f.Key], labels(&f, a.words, all[f.Key]), invalid})
			}
			delete(left, f.Key)
		}
	}
	for _, key := range slices.Sorted(maps.Keys(left)) {
		if all.Given(key) {
			answers = append(answers, Answer{key, key, all[key], all[key], invalid})
		}
	}
	return answers
}

// labels returns the values of an answer as they are shown, and codes that have no label as
// they are.
func labels(f *form.Field, l i18n.Lang, values []string) (words []string) {
	for _, v := range values {
		if label := f.Labels(l, form.Answers{f.Key: {v}}); len(label) > 0 {
			v = label[0]
		}
		words = append(words, v)
	}
	return words
}

func newLetterAccount(l mail.Record) LetterAccount {
	a := LetterAccount{l.Kind, l.State, l.Planned.UTC(), nil}
	if !l.Ended.IsZero() {
		ended := l.Ended.UTC()
		a.Ended = &ended
	}
	return a
}

// OfMember returns what is held of one of several members who share an address, without
// what may be of another of them.
func (h Held) OfMember(id string) (one Held) {
	for _, m := range h.Members {
		if m.ID == id {
			one.Members = append(one.Members, m)
		}
	}
	for _, c := range h.Changes {
		if c.Member == id {
			one.Changes = append(one.Changes, c)
		}
	}
	for _, r := range h.Consents {
		if r.Member == id {
			one.Consents = append(one.Consents, r)
		}
	}
	return one
}
