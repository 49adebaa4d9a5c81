package web

import (
	"net/url"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"joinery/app/form"
	"joinery/app/i18n"
	"joinery/app/wizard"
)

// A conflictPage asks somebody who changed a section in two places which answers
// to keep. It carries all that was on their page.
type conflictPage struct {
	page
	Text        string // why there is a choice
	Action      string
	OtherAction string // the Action in the other language
	Snapshot    string // what their page was made from: sent back, nothing is decided
	Hidden      []hiddenField
	Questions   []conflictField
}

// A hiddenField is a value that a page takes along unseen.
type hiddenField struct{ Name, Value string }

// A conflictField is a question with two answers.
type conflictField struct {
	Key, Label     string
	Stored, Posted answerVersion
	PostedChosen   bool
}

// A answerVersion is one of two answers, in words.
type answerVersion struct {
	Source string
	Words  []string
	None   string // what to say when there are no words
	Long   bool   // keeps its lines
}

// showConflict shows both answers to each question of which there are two, the
// newer one chosen. Nothing has been saved.
func (m *mount) showConflict(c *fiber.Ctx, sub wizard.Submission, result wizard.SaveResult, do action) error {
	l := langOf(c)
	p := conflictPage{
		page:        m.page(c, i18n.T(l, "merge.title")+" – "+m.stepTitle(l, sub.Section)),
		Text:        i18n.T(l, "merge.text", sub.Section.Title),
		Action:      localPath(l, m.samePath(c, sub.Section)),
		OtherAction: localPath(l.Other(), m.samePath(c, sub.Section)),
		Snapshot:    sub.Snapshot.String(),
		Hidden:      hiddenFields(sub, result.Conflict.Snapshot, do),
	}
	p.Scripts, p.Datalists = true, datalists(m.wizard.Form, l)
	if result.Conflict.OtherDraft {
		p.Text = i18n.T(l, "merge.strange")
	}
	for _, d := range result.Conflict.Differences {
		q := newConflictField(l, d.Field, result)
		q.PostedChosen = postedChosen(readPost(c), d)
		p.Questions = append(p.Questions, q)
	}
	return m.render(c.Status(fiber.StatusConflict), "section_conflict", p)
}

func newConflictField(l i18n.Lang, f *form.Field, result wizard.SaveResult) conflictField {
	of := func(whence string, all form.Answers) answerVersion {
		return answerVersion{Source: whence, Words: f.Labels(l, all), None: i18n.T(l, "check.none"), Long: f.Kind == form.LongText}
	}
	return conflictField{
		Key:    f.Key,
		Label:  f.Label.In(l),
		Stored: of(i18n.T(l, "merge.theirs"), result.Conflict.Stored),
		Posted: of(i18n.T(l, "merge.mine"), result.Answers),
	}
}

// postedChosen reports whether the answer of this page is to be chosen: where
// the language was switched, as it was, and otherwise if it is the newer one.
func postedChosen(posted url.Values, d wizard.Difference) bool {
	if before := posted.Get(choicePrefix + d.Field.Key); before != "" && posted.Has(snapshotField) {
		return before != "theirs"
	}
	return d.PostedIsNewer
}

// hiddenFields returns all that f has, to be sent again with what is chosen. A choice
// that was made before stays made: its question has no two answers any more.
func hiddenFields(f wizard.Submission, shown wizard.Snapshot, do action) []hiddenField {
	list := []hiddenField{{versionField, shown.String()}, {actionField, string(do)}}
	for _, key := range f.Shown {
		list = append(list, hiddenField{"shown", key})
	}
	for _, field := range f.Section.Fields {
		for _, value := range f.Answers[field.Key] {
			list = append(list, hiddenField{field.Key, value})
		}
		if slices.Contains(f.KeepStored, field.Key) {
			list = append(list, hiddenField{choicePrefix + field.Key, "theirs"})
		}
	}
	return list
}

// choicePrefix begins the names under which a merge page posts what was chosen. No key
// of a question begins so.
const choicePrefix = "from-"

// keepStored returns the keys of the questions of which the answer that was saved
// before is to stay. A switch of the language decides nothing.
func keepStored(posted url.Values) []string {
	var keys []string
	for name := range posted {
		if key, ok := strings.CutPrefix(name, choicePrefix); ok && posted.Get(name) == "theirs" && !posted.Has(snapshotField) {
			keys = append(keys, key)
		}
	}
	return keys
}
