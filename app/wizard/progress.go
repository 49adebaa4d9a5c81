package wizard

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"

	"joinery/app/access"
	"joinery/app/draft"
	"joinery/app/form"
	"joinery/app/i18n"
	"joinery/app/token"
)

// Progress is how far a person has come with a draft.
type Progress struct {
	Session string           // of the browser, or ""; it may lead to nothing any more
	Info    access.DraftInfo // what is known of the draft besides its answers
	Outcome Outcome          // what became of the draft that the session leads to
	Draft   draft.Draft      // its Key is "" when nothing was saved yet, or the draft is gone
	Asked   []*form.Section  // the sections that are asked, in order, as the answers stand
	Next    *form.Section    // the first of them that is not finished, or nil
	LeftAt  string           // the key of the section that was left in the middle, that of the consents, or ""
}

// Progress returns the draft that a browser holds by a session and what is to be
// done next. It returns ErrSubmitted, and progress without a draft, when the
// draft was submitted. It writes nothing.
func (w *Wizard) Progress(ctx context.Context, session string) (Progress, error) {
	info, err := w.Session(ctx, session)
	p := w.Start()
	switch {
	case err == nil:
		p, err = w.ProgressOf(ctx, info)
	case errors.Is(err, ErrNoDraft):
		err = nil
	default:
		return Progress{}, err
	}
	p.Session = session
	return p, err
}

// Start returns the progress of a person who has saved nothing.
func (w *Wizard) Start() Progress {
	asked := w.Form.SectionsAsked(nil)
	return Progress{Asked: asked, Next: asked[0]}
}

// ProgressOf does what Progress does for the draft that info is about.
func (w *Wizard) ProgressOf(ctx context.Context, info access.DraftInfo) (Progress, error) {
	d, missing := w.o.Drafts.Load(ctx, draftOf(info))
	if missing != nil && !errors.Is(missing, draft.ErrNotFound) {
		return Progress{}, missing
	}
	// Submitting deletes the draft last, so this has to come after loading it.
	outcome, err := w.o.Outcome(ctx, info.Draft)
	if err != nil {
		return Progress{}, err
	}
	p := w.Start()
	p.Info, p.Outcome = info, outcome
	switch {
	case outcome.Status == Submitted:
		return p, ErrSubmitted
	case outcome.Status != Unsubmitted, missing != nil:
		return p, nil // a save that came too late may have left something: it is no draft
	}
	typed := d.Typed(w.Form)
	p.Draft, p.Asked, p.LeftAt = d, w.Form.SectionsAsked(typed), leftAt(d)
	p.Next = w.unfinished(d, p.Asked, typed)
	return p, nil
}

// draftOf returns the draft that info is about.
func draftOf(info access.DraftInfo) draft.ID {
	return draft.ID{Key: info.Draft, Seal: info.Key, MayBeClear: info.MayBeClear}
}

// leftAt returns the key of the section that was saved last, if its last save
// was no Continue.
func leftAt(d draft.Draft) string {
	var last string
	for key, section := range d.Sections {
		if section.Version > d.Sections[last].Version {
			last = key
		}
	}
	if d.Sections[last].InProgress {
		return last
	}
	return ""
}

// unfinished returns the first of the sections that was never continued, has
// problems, or has questions that changed since, or nil.
func (w *Wizard) unfinished(d draft.Draft, sections []*form.Section, all form.Answers) *form.Section {
	for _, section := range sections {
		if !d.Sections[section.Key].Completed || len(w.Form.Validate(section, all)) > 0 || w.Changes(d, section).NeedsReview() {
			return section
		}
	}
	return nil
}

// HasDraft reports whether there is a draft that can be filled in.
func (p Progress) HasDraft() bool { return p.Draft.Key != "" }

// Reachable reports whether section can be shown: whether it is asked, and all before
// it are finished.
func (p Progress) Reachable(section *form.Section) bool {
	at := slices.Index(p.Asked, section)
	return at >= 0 && (p.Next == nil || at <= slices.Index(p.Asked, p.Next))
}

// CanAdd reports whether the applicant can add section, which is not asked: on the last
// page, when all that is asked is finished.
func (p Progress) CanAdd(section *form.Section) bool {
	return p.HasDraft() && p.Next == nil && section.CanBeAdded() && !slices.Contains(p.Asked, section)
}

// LetterLang returns the language of letters about a draft: the one that the applicant
// has chosen or, while there is no answer, that of the page.
func (w *Wizard) LetterLang(d draft.Draft, page i18n.Lang) i18n.Lang {
	return cmp.Or(i18n.Lang(d.Answers(w.Form).First(w.Form.Language().Key)), page)
}

// Refused reports whether the last Continue of a section found problems. Its page shows
// those that are left.
func (p Progress) Refused(section *form.Section) bool { return p.Draft.Sections[section.Key].Refused }

// DraftID tells the draft from others that one browser may hold. It is "" when
// there is none, and no secret.
func (p Progress) DraftID() string { return token.ShortID(p.Draft.Key) }

// Version tells the draft, as it is now, from others and from what it may
// become: what a page showed is still there if Version is the same.
func (p Progress) Version() string {
	var newest int64
	for key, section := range p.Draft.Sections {
		if key != consentsSection {
			newest = max(newest, section.Version)
		}
	}
	return fmt.Sprintf("%s-%d", p.DraftID(), newest)
}

// NextPage returns the section to go on with: the one that was left in the
// middle, or the first that is not finished, or nil for the last page.
func (p Progress) NextPage(d *form.Definition) *form.Section {
	if section, ok := d.Section(p.LeftAt); ok && p.Reachable(section) {
		return section
	}
	return p.Next
}

// Changes returns what of section is not as it was when d was written.
func (w *Wizard) Changes(d draft.Draft, section *form.Section) form.Changes {
	return w.Form.Changes(section, w.former(d, section.Key), d.Typed(w.Form))
}

// Dropped returns the labels of the questions that were answered in d under an
// earlier form, and that the present one does not ask.
func (w *Wizard) Dropped(d draft.Draft) []i18n.Text {
	var labels []i18n.Text
	for key := range d.Sections {
		labels = append(labels, w.Form.Dropped(w.former(d, key), d.Typed(w.Form))...)
	}
	return labels
}

// former returns the definition under which a section of d was written, or nil
// when it is the present one, or not known any more.
func (w *Wizard) former(d draft.Draft, section string) *form.Definition {
	return w.o.Former[d.Sections[section].Form]
}
