package wizard

import "joinery/app/i18n"

// A Step is something that an applicant has done on the way to membership. It says
// nothing of the person: it is there to be counted.
type Step struct {
	Kind    StepKind
	Section string    // of SectionFinished: its key
	Lang    i18n.Lang // of the page; of Sent and Confirmed, that of the applicant's letters
	Form    string    // the version of the form definition
}

// A StepKind is the kind of a step.
type StepKind string

// The kinds, in the order in which an applicant comes to them.
const (
	Begun           StepKind = "begun"     // the first answers are saved
	SectionFinished StepKind = "section"   // a section was left by Continue without a mistake, for the first time
	Sent            StepKind = "sent"      // an application waits to be confirmed; after a correction, once more
	Confirmed       StepKind = "confirmed" // its address is confirmed
)

// countSave tells Options.Count which steps a successful save was. The progress p is
// that before the save.
func (w *Wizard) countSave(p Progress, sub Submission, r SaveResult) {
	if w.o.Count == nil {
		return
	}
	step := Step{Kind: Begun, Lang: sub.Lang, Form: w.Form.Version}
	if r.Session != p.Session {
		w.o.Count(step)
	}
	first := p.Next == sub.Section || p.Draft.Sections[sub.Section.Key].Refused
	if first && sub.Mode == Continue && len(r.Problems) == 0 && !r.MoreQuestions && !r.FormChanged {
		step.Kind, step.Section = SectionFinished, sub.Section.Key
		w.o.Count(step)
	}
}
