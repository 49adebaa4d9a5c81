package web

import (
	"net/url"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"joinery/app/form"
	"joinery/app/i18n"
	"joinery/app/join"
)

// A mergePage asks somebody who changed a section in two places which answers
// to keep. It carries all that was on their page.
type mergePage struct {
	page
	Text      string // why there is a choice
	Action    string
	Elsewhere string // the Action in the other language
	Again     string // what their page was made from: sent back, nothing is decided
	Carried   []carried
	Questions []twofold
}

// A carried is a value that a page takes along unseen.
type carried struct{ Name, Value string }

// A twofold is a question with two answers.
type twofold struct {
	Key, Label   string
	Theirs, Mine version
	MineChosen   bool
}

// A version is one of two answers, in words.
type version struct {
	Whence string
	Words  []string
	None   string // what to say when there are no words
	Long   bool   // keeps its lines
}

// showConflict shows both answers to each question of which there are two, the
// newer one chosen. Nothing has been saved.
func (s *Server) showConflict(c *fiber.Ctx, section *form.Section, f join.Submission, reply join.SaveResult, do string) error {
	l := langOf(c)
	p := mergePage{
		page:      s.page(c, i18n.T(l, "merge.title")+" – "+s.stepTitle(l, section)),
		Text:      i18n.T(l, "merge.text", section.Title),
		Action:    in(l, again(c, section)),
		Elsewhere: in(l.Other(), again(c, section)),
		Again:     f.Snapshot.String(),
		Carried:   carry(f, reply.Conflict.Snapshot, do),
	}
	p.Scripts, p.Lists = true, suggested(s.Join.Form, l)
	if reply.Conflict.OtherDraft {
		p.Text = i18n.T(l, "merge.strange")
	}
	for _, d := range reply.Conflict.Differences {
		q := newTwofold(l, d.Field, reply)
		q.MineChosen = minesChosen(readPost(c), d)
		p.Questions = append(p.Questions, q)
	}
	return s.render(c.Status(fiber.StatusConflict), "section_conflict", p)
}

func newTwofold(l i18n.Lang, f *form.Field, reply join.SaveResult) twofold {
	of := func(whence string, all form.Answers) version {
		return version{Whence: whence, Words: f.Labels(l, all), None: i18n.T(l, "check.none"), Long: f.Kind == form.LongText}
	}
	return twofold{
		Key:    f.Key,
		Label:  f.Label.In(l),
		Theirs: of(i18n.T(l, "merge.theirs"), reply.Conflict.Stored),
		Mine:   of(i18n.T(l, "merge.mine"), reply.Answers),
	}
}

// minesChosen reports whether the answer of this page is to be chosen: where
// the language was switched, as it was, and otherwise if it is the newer one.
func minesChosen(posted url.Values, d join.Difference) bool {
	if before := posted.Get(from + d.Field.Key); before != "" && posted.Has("again") {
		return before != "theirs"
	}
	return d.PostedIsNewer
}

// carry returns all that f has, to be sent again with what is chosen. A choice
// that was made before stays made: its question has no two answers any more.
func carry(f join.Submission, seen join.Snapshot, do string) []carried {
	list := []carried{{"version", seen.String()}, {"do", do}}
	for _, key := range f.Shown {
		list = append(list, carried{"shown", key})
	}
	for _, field := range f.Section.Fields {
		for _, value := range f.Answers[field.Key] {
			list = append(list, carried{field.Key, value})
		}
		if slices.Contains(f.KeepStored, field.Key) {
			list = append(list, carried{from + field.Key, "theirs"})
		}
	}
	return list
}

// from begins the names under which a merge page posts what was chosen. No key
// of a question begins so.
const from = "from-"

// theirs returns the keys of the questions of which the answer that was saved
// before is to stay. A switch of the language decides nothing.
func theirs(posted url.Values) []string {
	var keys []string
	for name := range posted {
		if key, ok := strings.CutPrefix(name, from); ok && posted.Get(name) == "theirs" && !posted.Has("again") {
			keys = append(keys, key)
		}
	}
	return keys
}
