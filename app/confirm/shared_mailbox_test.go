package confirm_test

import (
	"crypto/rand"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"joinery/app/confirm"
	"joinery/app/form"
	"joinery/app/i18n"
	"joinery/app/journeytest"
	"joinery/app/mail"
	"joinery/app/member"
	"joinery/app/wizard"
)

// newNamedJourney returns a journey whose form asks for a first and a last name.
func newNamedJourney(t *testing.T) *journeytest.Journey {
	t.Helper()
	return journeytest.New(t, unlimited, named(t))
}

// named has the form ask for a first and a last name.
func named(t *testing.T) func(*journeytest.Setup) {
	name := func(key, en, fr string) form.Field {
		return form.Field{Key: key, Kind: form.Line, Name: true, Label: i18n.Text{i18n.English: en, i18n.French: fr}}
	}
	return func(s *journeytest.Setup) {
		s.Form = journeytest.Reworked(t, journeytest.Questions, func(d *form.Definition) {
			journeytest.Put(d, "one", name("first", "First", "Prénom"))
			journeytest.Put(d, "one", name("last", "Last", "Nom"))
		})
	}
}

// A person has a name, and writes answers that nobody else writes.
type person struct {
	first, last string
	browser     *journeytest.Browser
	token, code string   // of their newest letter
	wrote       []string // the distinct answers of their applications, the newest last
}

// apply submits an application of p with the address of all.
func (p *person) apply(t testing.TB, j *journeytest.Journey) {
	p.browser = j.Browser("")
	pet := "pet" + rand.Text()
	p.browser.Open(t, "one").MustSave(t, wizard.Continue, form.Answers{"mail": {"both@example.ca"}, "lang": {"fr"}, "first": {p.first}, "last": {p.last}})
	p.browser.Open(t, "two").MustSave(t, wizard.Continue, form.Answers{"pet": {"cat"}, "petname": {pet}})
	j.MustSubmit(t, p.browser.Session)
	p.token, p.code, p.wrote = j.ConfirmToken(t), j.ConfirmCode(t), append(p.wrote, pet)
}

// answer answers the question if it is asked where p applied, as p truly is.
func (p *person) answer(t testing.TB, j *journeytest.Journey) {
	a := j.MustApplication(t, p.browser.Session)
	if asked, err := j.Confirm.Asked(t.Context(), a, p.browser.Session); err != nil || !asked {
		journeytest.Must(t, err)
		return
	}
	q, err := j.Confirm.Question(t.Context(), a)
	journeytest.Must(t, err)
	own := confirm.SomeoneElse
	for _, m := range q.Members {
		if strings.HasPrefix(m.Name, p.first+" ") {
			own = m.Ref
		}
	}
	j.Answer(t, p.browser.Session, own)
}

func (p *person) acts(t testing.TB, j *journeytest.Journey) map[string]func() {
	return map[string]func(){
		"apply":  func() { p.apply(t, j) },
		"press":  func() { j.Choose(t, p.token, member.Accept); j.Pass(confirm.ConfirmDelay); j.ApplyPendingChoices(t) },
		"code":   func() { j.TypeCode(t, p.browser.Session, p.code) },
		"answer": func() { p.answer(t, j) },
		"open": func() {
			link := j.ConfirmLink(t, p.token)
			_, err := j.Confirm.OpenLink(t.Context(), link, http.MethodGet, p.browser.Session, j.Owns(t.Context(), p.browser.Session, link))
			journeytest.Must(t, err)
		},
	}
}

// TestNoOrderOfActsOfTwoPeopleMixesThem has two people with one mailbox do anything in any
// order. Each is one member at most, with the newest answers of theirs that were confirmed,
// and no letter has what the other wrote.
func TestNoOrderOfActsOfTwoPeopleMixesThem(t *testing.T) {
	journeytest.OverStores(t, func(t *testing.T, j *journeytest.Journey) {
		rapid.Check(t, func(r *rapid.T) {
			j.MembersLeave(t)
			exec(t, j, `DELETE FROM mails`)
			exec(t, j, `DELETE FROM applications`)
			people := []*person{{first: "Zoé", last: "Tremblay"}, {first: "Paul", last: "Tremblay"}}
			for _, p := range people {
				p.apply(t, j)
			}
			for range rapid.IntRange(1, 12).Draw(r, "acts") {
				p := rapid.SampledFrom(people).Draw(r, "person")
				p.acts(t, j)[rapid.SampledFrom([]string{"apply", "press", "code", "answer", "open"}).Draw(r, p.first)]()
				j.Pass(time.Minute)
				for _, problem := range mixed(t, j, people) {
					r.Fatal(problem)
				}
			}
		})
	}, unlimited, named(t))
}

// mixed returns what is mixed of two people.
func mixed(t testing.TB, j *journeytest.Journey, people []*person) (problems []string) {
	count := make(map[string]int)
	var all []member.Member
	journeytest.Must(t, j.Members.Each(t.Context(), func(m member.Member) error { all = append(all, m); return nil }))
	for _, m := range all {
		for _, p := range people {
			if m.Answers.First("first") != p.first {
				continue
			}
			if count[p.first]++; count[p.first] > 1 || !strings.Contains(fmt.Sprint(p.wrote), m.Answers.First("petname")) {
				problems = append(problems, fmt.Sprintf("%s is a member %d times, with %v", p.first, count[p.first], m.Answers))
			}
		}
	}
	for _, p := range people {
		a := j.MustApplication(t, p.browser.Session)
		newest := p.wrote[len(p.wrote)-1]
		if a.State == member.Confirmed && j.Count(t, `SELECT count(*) FROM members WHERE answers LIKE '%`+newest+`%'`) != 1 {
			problems = append(problems, p.first+" is confirmed, and their answers are lost")
		}
	}
	for _, kind := range []mail.Kind{mail.Confirm, mail.Welcome, mail.Updated} {
		for _, l := range j.Queued(t, kind) {
			if strings.Contains(l.Text+l.HTML, "pet") || strings.Contains(l.Text, "Zoé") && strings.Contains(l.Text, "Paul") {
				problems = append(problems, "a letter has answers: "+l.Text)
			}
		}
	}
	return problems
}

// TestAHeldApplicationTakesAFreshCode once too many were typed, or its link is late.
func TestAHeldApplicationTakesAFreshCode(t *testing.T) {
	t.Parallel()
	for name, spend := range map[string]func(*testing.T, *sentLetter){
		"spent": func(t *testing.T, l *sentLetter) {
			for range confirm.MaxAttempts {
				l.TypeCode(t, l.session, "AAAAAA")
			}
		},
		"late": func(_ *testing.T, l *sentLetter) { l.Pass(l.LinkTTL) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			j := journeytest.New(t, unlimited)
			l := sentWith(t, j, confirm.Held)
			spend(t, l)
			j.WantConfirmLink(t, l.token, confirm.LinkStatus(name))
			j.Resend(t, l.session)
			j.WantConfirmLink(t, j.ConfirmToken(t), confirm.Held)
			link := j.ConfirmLink(t, j.ConfirmToken(t))
			if code, _, result, err := j.Confirm.AnswerForLink(t.Context(), link, j.ConfirmCode(t), confirm.SomeoneElse); err != nil || code != confirm.CodeConfirmed || result != confirm.AnswerCounts {
				t.Errorf("the fresh code is %s, and the answer %s, %v", code, result, err)
			}
			j.WantCount(t, "members", 2)
		})
	}
}

// TestMembersOfOneNameAreToldApart by a date, as are members without a name.
func TestMembersOfOneNameAreToldApart(t *testing.T) {
	t.Parallel()
	j := newNamedJourney(t)
	for _, p := range []*person{{first: "Jean", last: "Tremblay"}, {first: "Jean", last: "Talbot"}, {first: "Zoé"}, {}} {
		p.apply(t, j)
		j.TypeCode(t, p.browser.Session, p.code)
		if j.MustApplication(t, p.browser.Session).State == member.Waiting {
			j.Answer(t, p.browser.Session, confirm.SomeoneElse)
		}
		j.Pass(24 * time.Hour)
	}
	asking := &person{first: "Paul"}
	asking.apply(t, j)
	q, err := j.Confirm.Question(t.Context(), j.MustApplication(t, asking.browser.Session))
	journeytest.Must(t, err)
	var got []string
	for _, m := range q.Members {
		got = append(got, fmt.Sprint(m.Name, " ", !m.Since.IsZero()))
	}
	if want := "[Jean T. true Jean T. true Zoé false  true]"; fmt.Sprint(got) != want || q.Full {
		t.Errorf("the question names %v, want %s", got, want)
	}
}

// TestLettersToASharedMailboxSayWhomTheyAreFor and one to a mailbox that nobody shares does
// not. What does not look like a name is no name.
func TestLettersToASharedMailboxSayWhomTheyAreFor(t *testing.T) {
	t.Parallel()
	j := newNamedJourney(t)
	begins := func(kind mail.Kind, want string) {
		t.Helper()
		_, words, _ := strings.Cut(j.Letter(t, kind).Text, "\n\n") // behind the head
		greeted := strings.HasPrefix(words, i18n.T(i18n.French, "mail.greeting", want)) || strings.HasPrefix(words, i18n.T(i18n.French, "mail.welcome.named", want))
		if greeted != (want != "") || strings.Contains(words, "evil") {
			t.Errorf("the letter %s begins with %.40q, want %q", kind, words, want)
		}
	}
	zoe, paul := &person{first: "Zoé"}, &person{first: "Paul"}
	zoe.apply(t, j)
	begins(mail.Confirm, "")
	paul.apply(t, j)
	begins(mail.Confirm, "Paul")
	j.Resend(t, zoe.browser.Session)
	begins(mail.Confirm, "Zoé")
	j.TypeCode(t, zoe.browser.Session, j.ConfirmCode(t))
	begins(mail.Welcome, "Zoé") // Paul waits
	for _, first := range []string{"www.evil.example", "evil evil evil evil", "Zoé: evil"} {
		(&person{first: first}).apply(t, j)
		begins(mail.Confirm, "")
	}
	again := &person{first: "ZOE"}
	again.apply(t, j)
	j.TypeCode(t, again.browser.Session, again.code)
	begins(mail.Updated, "Zoé") // as they were
}
