package web

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"joinery/app/confirm"
	"joinery/app/i18n"
)

// sendAs submits an application with a name.
func (v *visitor) sendAs(l i18n.Lang, first, last string) {
	v.t.Helper()
	v.open("/" + string(l))
	v.open(v.page.link("primary"))
	f := v.form("")
	f.fill(answerFirst)
	f.set("first_name", first)
	f.set("last_name", last)
	v.press(f, "")
	v.answerSections(answerFirst)
	f = v.form(i18n.T(l, "check.send"))
	f.fill(answerFirst)
	v.press(f, i18n.T(l, "check.send"))
	v.want(http.StatusOK, i18n.T(l, "sent.waiting.title"))
}

// confirmLink returns the link in the newest letter that asks for confirmation.
func (s *site) confirmLink(t *testing.T) string { return s.mailedLink(t, "/confirm/") }

func (s *site) mailedLink(t *testing.T, path string) string {
	t.Helper()
	for _, letter := range s.letters(t) {
		for _, word := range strings.Fields(letter.Text) {
			if strings.HasPrefix(word, s.url) && strings.Contains(word, path) {
				return word
			}
		}
	}
	t.Fatalf("no letter has a link with %s", path)
	return ""
}

// join makes a member with a name.
func (s *site) join(t *testing.T, l i18n.Lang, first, last string) *visitor {
	t.Helper()
	v := s.visitor(t)
	v.sendAs(l, first, last)
	v.open(s.confirmLink(t))
	v.want(http.StatusOK, i18n.T(l, "link.used.title"))
	s.letters(t) // the welcome, before any other letter
	return v
}

// someMember stands for the first member that the question offers.
const someMember = "member"

// answer answers the question on the page, with someMember or with [confirm.SomeoneElse],
// and with a code if the page asks for it.
func (v *visitor) answer(l i18n.Lang, who, code string) *htmlPage {
	v.t.Helper()
	v.want(http.StatusOK, i18n.T(l, "link.held.title"))
	f := v.form(i18n.T(l, "who.send"))
	if who == someMember {
		who = f.control("who").options[0].value
	}
	f.set("who", who)
	if f.control("code") != nil {
		f.set("code", code)
	}
	return v.press(f, i18n.T(l, "who.send"))
}

// ways lead a reader of the mailbox to the question about an application of v.
var ways = map[string]func(t *testing.T, s *site, l i18n.Lang, v *visitor) (reader *visitor){
	"by the link, where it was sent from": func(t *testing.T, s *site, _ i18n.Lang, v *visitor) *visitor {
		v.open(s.confirmLink(t))
		return v
	},
	"by the code, where it was sent from": func(t *testing.T, s *site, l i18n.Lang, v *visitor) *visitor {
		s.letters(t)
		f := v.form(i18n.T(l, "proof.send"))
		f.set("code", s.newestCode(t, l))
		v.press(f, i18n.T(l, "proof.send"))
		return v
	},
	"by the button, elsewhere": func(t *testing.T, s *site, l i18n.Lang, _ *visitor) *visitor {
		reader := s.visitor(t)
		reader.open(s.confirmLink(t))
		reader.pressButton(i18n.T(l, "link.confirm"))
		s.pass(11 * time.Second)
		s.applyChoices(t)
		reader.open(s.confirmLink(t))
		return reader
	},
}

func TestASecondPersonOfAMailboxBecomesAMemberToo(t *testing.T) {
	t.Parallel()
	for name, way := range ways {
		for _, l := range i18n.Languages {
			t.Run(name+" "+string(l), func(t *testing.T) {
				t.Parallel()
				s := newSite(t, settings{})
				s.join(t, l, "Zoé", "Tremblay")
				before := s.allMembers(t)[0]
				paul := s.visitor(t)
				paul.sendAs(l, "Paul", "Tremblay")
				reader := way(t, s, l, paul)
				reader.want(http.StatusOK, i18n.T(l, "link.held.title"))
				if words := reader.page.text(); !strings.Contains(words, "Zoé T. "+i18n.T(l, "who.is_member")) || strings.Contains(words, "Tremblay") {
					t.Errorf("the page says %s", words)
				}
				if all := s.allMembers(t); len(all) != 1 || all[0].Answers.First("first_name") != "Zoé" {
					t.Errorf("before the answer there are %d members", len(all))
				}
				reader.answer(l, confirm.SomeoneElse, s.newestCode(t, l))
				reader.want(http.StatusOK, i18n.T(l, "link.used.title"))
				all := s.allMembers(t)
				before.Sharing = 2
				if len(all) != 2 || all[0].ID != before.ID || all[0].Answers.First("first_name") != "Zoé" || all[1].Answers.First("first_name") != "Paul" {
					t.Errorf("the members are %+v", all)
				}
				if letters := s.letters(t); !strings.Contains(letters[0].Text, i18n.T(l, "mail.welcome.named", "Paul")) {
					t.Errorf("the welcome to a shared mailbox is\n%s", letters[0].Text)
				}
			})
		}
	}
}

func TestNewAnswersOfAMemberTakeThePlaceOfTheFormer(t *testing.T) {
	t.Parallel()
	for name, way := range ways {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, l := newSite(t, settings{}), i18n.French
			s.join(t, l, "Zoé", "Tremblay")
			before := s.allMembers(t)[0]
			v := s.visitor(t)
			v.sendAs(l, "Zoé", "Tremblay-Roy") // she has married
			reader := way(t, s, l, v)
			reader.answer(l, someMember, s.newestCode(t, l))
			reader.want(http.StatusOK, i18n.T(l, "updated.title"))
			all := s.allMembers(t)
			if len(all) != 1 || all[0].ID != before.ID || all[0].Answers.First("last_name") != "Tremblay-Roy" {
				t.Errorf("the members are %+v", all)
			}
		})
	}
}

// TestTheSameNameIsAnUpdateWithoutAQuestion unless a link is only opened: that replaces
// nothing.
func TestTheSameNameIsAnUpdateWithoutAQuestion(t *testing.T) {
	t.Parallel()
	for name, way := range ways {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, l := newSite(t, settings{}), i18n.English
			s.join(t, l, "Zoé", "Tremblay")
			v := s.visitor(t)
			v.sendAs(l, " ZOE\u0301 ", "tremblay")
			reader := way(t, s, l, v)
			if strings.HasPrefix(name, "by the link") {
				if all := s.allMembers(t); all[0].Answers.First("last_name") != "Tremblay" {
					t.Error("opening a link has replaced the answers of a member")
				}
				reader.answer(l, someMember, "")
			}
			reader.want(http.StatusOK, i18n.T(l, "updated.title"))
			if all := s.allMembers(t); len(all) != 1 || all[0].Answers.First("last_name") != "tremblay" {
				t.Errorf("the members are %+v", all)
			}
		})
	}
}
