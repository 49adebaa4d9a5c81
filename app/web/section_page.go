package web

import (
	"slices"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"joinery/app/form"
	"joinery/app/i18n"
	"joinery/app/wizard"
)

// A sectionPage is one page of questions.
type sectionPage struct {
	page
	Step, Steps int // Step is 0 on the page of a section that is not asked, but can be added
	Heading     string
	Intro       string
	Action      string
	Base        string // the path of the form
	Back        string // the title of the page before
	Fields      []*field
	Problems    []problem
	AnyRequired bool
	Optional    bool         // every question of the section is optional
	AnyOf       string       // what is asked for if neither is true, without the full stop
	Snapshot    string       // see wizard.Snapshot
	Saving      savingLine   // whether the typed answers are saved
	Draft       *draftNotice // nil: nothing was saved yet
	Returning   bool         // the applicant comes back after a while: the draft is named before the questions
	Lost        string       // that the answers of an earlier draft were lost, or ""
	LeftAt      *pageLink    // where the applicant left off, if elsewhere
	Dropped     []string     // the answered questions that the form does not ask any more
	Changed     bool         // a question of the section has changed since its answer
	Unsaved     string       // the reason why the answers were not saved, or ""
	Next        *pageLink    // how to go on if no later Continue saves the answers, or nil
}

// A pageLink is a link to a page of the site.
type pageLink struct{ Path, Title string }

// A problem is a line of the summary of problems.
type problem struct{ ID, Text string }

// sectionPage returns the page of a section with the questions that the form asks after
// the answers all, and with the questions in shown, asked or not.
func (m *mount) sectionPage(c *fiber.Ctx, section *form.Section, all form.Answers, problems form.Problems, shown ...string) sectionPage {
	l, f := langOf(c), m.wizard.Form
	asked := f.SectionsAsked(all)
	p := sectionPage{
		page:     m.page(c, stepTitle(l, section, asked)),
		Step:     1 + slices.Index(asked, section),
		Steps:    len(asked) + 1,
		Heading:  section.Title.In(l),
		Intro:    section.Intro.In(l),
		Action:   localPath(l, m.samePath(c, section)),
		Back:     m.titleBefore(c, section, asked),
		Base:     localPath(l, m.base),
		Optional: f.Optional(section, all),
	}
	p.PagePath, p.Scripts = m.path(section), true
	p.Saving = savingLine{Lang: l, AutosavePath: localPath(l, m.path(section)) + "/save"}
	builder := &fieldBuilder{lang: l, form: f, section: section, all: all, problems: problems, shown: shown, changing: m.changedField(c), action: localPath(l, m.path(section)) + "/"}
	builder.advise = func(f *form.Field, typed string) *advice { return m.advice(noWait, l, f, typed) }
	p.Fields = builder.fields("")
	if section.AnyOf != nil {
		p.AnyOf = section.AnyOf.Missing.In(l)
	}
	p.Problems = builder.summary()
	p.Failed = len(p.Problems) > 0
	p.AnyRequired = slices.ContainsFunc(p.Fields, func(f *field) bool { return f.Required })
	return p
}

// stepTitle returns the title of a section with its number among those that are asked,
// and the number of steps.
func stepTitle(l i18n.Lang, section *form.Section, asked []*form.Section) string {
	index := slices.Index(asked, section)
	if index < 0 {
		return section.Title.In(l)
	}
	return i18n.T(l, "section.title", section.Title, index+1, len(asked)+1)
}

// summary returns the problems, in the order of the page.
func (b *fieldBuilder) summary() []problem {
	var lines []problem
	for _, f := range b.section.Fields {
		if p, ok := b.problems[f.Key]; ok {
			lines = append(lines, problem{ID: f.Key, Text: p.In(b.lang)})
		}
	}
	return lines
}

// newVisitAfter is how long after the last save an applicant comes back to a draft. Until
// then they are at it: every Continue saves.
const newVisitAfter = 30 * time.Minute

// addDraft adds to the page what the draft knows: the snapshot, when it was saved, where
// the applicant left off, and what has changed in the form since.
func (m *mount) addDraft(p *sectionPage, section *form.Section, progress wizard.Progress) {
	l, d := p.Lang, progress.Draft
	p.Snapshot = m.wizard.Snapshot(d, section).String()
	p.Saving.Saved = m.savedAt(l, d.Saved)
	if !progress.HasDraft() {
		return
	}
	p.Draft, p.Returning = m.draftNotice(l, progress), m.Now().Sub(d.Saved) >= newVisitAfter
	if to := progress.NextPage(m.wizard.Form); to != section {
		p.LeftAt = &pageLink{Path: localPath(l, m.pathOf(progress)), Title: m.titleOf(l, to)}
	}
	changes := m.wizard.Changes(d, section)
	p.Changed = changes.NeedsReview()
	for _, label := range changes.Dropped {
		p.Dropped = append(p.Dropped, label.In(l))
	}
	addNotices(l, p.Fields, changes)
	clearWithdrawn(p.Fields, changes)
}

// titleOf returns the title of a section, or of the review page when it is nil.
func (m *mount) titleOf(l i18n.Lang, section *form.Section) string {
	if section == nil {
		return i18n.T(l, "check.title")
	}
	return section.Title.In(l)
}

// addNotices says at each question what has changed since its answer.
func addNotices(l i18n.Lang, fields []*field, changes form.Changes) {
	for _, f := range fields {
		switch lost, chosen := changes.Withdrawn[f.Key]; {
		case slices.Contains(changes.New, f.Key):
			f.Notice = i18n.T(l, "field.new")
		case chosen:
			words := make([]string, 0, len(lost))
			for _, w := range lost {
				words = append(words, w.In(l))
			}
			f.Notice = i18n.T(l, "field.lost", strings.Join(words, i18n.T(l, "field.lost_join")))
		case slices.Contains(changes.Reworded, f.Key):
			f.Notice = i18n.T(l, "field.reworded")
		}
		addNotices(l, f.More, changes)
	}
}

// clearWithdrawn clears the value of each field whose chosen option was withdrawn: a
// text field would show the code of that option.
func clearWithdrawn(fields []*field, changes form.Changes) {
	for _, f := range fields {
		if _, chosen := changes.Withdrawn[f.Key]; chosen {
			f.Value = ""
		}
		clearWithdrawn(f.More, changes)
	}
}
