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

// A conflictPage asks which answers to keep of a section that was changed in two places.
// It carries all the values of the posted page.
type conflictPage struct {
	page
	Text        string // the reason for the choice
	Action      string
	OtherAction string // Action in the other language
	Snapshot    string // the version of the posted page: a post of it decides nothing
	Hidden      []hiddenField
	Questions   []conflictField
}

// A hiddenField is a value that a page carries without showing it.
type hiddenField struct{ Name, Value string }

// A conflictField is a question with two answers.
type conflictField struct {
	Key, Label     string
	Stored, Posted answerVersion
	PostedChosen   bool
}

// An answerVersion is one of two answers, in words.
type answerVersion struct {
	Source string
	Words  []string
	None   string // the text in place of no words
	Long   bool   // the words keep their line breaks
}

// showConflict shows both answers to each question that has two, with the newer one
// chosen. Nothing has been saved.
func (m *mount) showConflict(c *fiber.Ctx, sub wizard.Submission, result wizard.SaveResult, do action) error {
	l := langOf(c)
	p := conflictPage{
		page:        m.page(c, i18n.T(l, "merge.title")+" – "+stepTitle(l, sub.Section, m.wizard.Form.SectionsAsked(result.Answers))),
		Text:        i18n.T(l, "merge.text", sub.Section.Title),
		Action:      localPath(l, m.samePath(c, sub.Section)),
		OtherAction: localPath(l.Other(), m.samePath(c, sub.Section)),
		Snapshot:    sub.Snapshot.String(),
		Hidden:      hiddenFields(sub, result.Conflict.Snapshot, do),
	}
	p.Scripts = true
	for _, d := range result.Conflict.Differences {
		q := newConflictField(l, d.Field, result)
		q.PostedChosen = postedChosen(readPost(c), d)
		p.Questions = append(p.Questions, q)
	}
	return m.render(c.Status(fiber.StatusConflict), "section_conflict", p)
}

func newConflictField(l i18n.Lang, f *form.Field, result wizard.SaveResult) conflictField {
	version := func(source string, all form.Answers) answerVersion {
		return answerVersion{Source: source, Words: f.Labels(l, all), None: i18n.T(l, "check.none"), Long: f.Kind == form.LongText}
	}
	return conflictField{
		Key:    f.Key,
		Label:  f.Label.In(l),
		Stored: version(i18n.T(l, "merge.theirs"), result.Conflict.Stored),
		Posted: version(i18n.T(l, "merge.mine"), result.Answers),
	}
}

// postedChosen reports whether the page chooses the posted answer: after a switch of the
// language as before, otherwise if it is the newer one.
func postedChosen(posted url.Values, d wizard.Difference) bool {
	if before := posted.Get(choicePrefix + d.Field.Key); before != "" && posted.Has(snapshotField) {
		return before != "theirs"
	}
	return d.PostedIsNewer
}

// hiddenFields returns all values of sub, to be posted again with the choices. It keeps
// an earlier choice, whose question is no conflict any more.
func hiddenFields(sub wizard.Submission, shown wizard.Snapshot, do action) []hiddenField {
	list := []hiddenField{{versionField, shown.String()}, {actionField, string(do)}}
	for _, key := range sub.Shown {
		list = append(list, hiddenField{"shown", key})
	}
	for _, field := range sub.Section.Fields {
		for _, value := range sub.Answers[field.Key] {
			list = append(list, hiddenField{field.Key, value})
		}
		if slices.Contains(sub.KeepStored, field.Key) {
			list = append(list, hiddenField{choicePrefix + field.Key, "theirs"})
		}
	}
	return list
}

// choicePrefix begins the names of the choices on a conflict page. No key of a question
// begins with it.
const choicePrefix = "from-"

// keepStored returns the keys of the questions whose stored answer was chosen. A switch
// of the language decides nothing.
func keepStored(posted url.Values) []string {
	var keys []string
	for name := range posted {
		if key, ok := strings.CutPrefix(name, choicePrefix); ok && posted.Get(name) == "theirs" && !posted.Has(snapshotField) {
			keys = append(keys, key)
		}
	}
	return keys
}
