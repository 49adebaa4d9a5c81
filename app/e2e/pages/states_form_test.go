//go:build e2e

package pages

import (
	"strings"
	"testing"

	"joinery/app/e2e/harness"
)

func TestNoPageHasABarrier(t *testing.T) {
	t.Parallel()
	for _, w := range harness.Ways[:2] {
		t.Run(w.Name, func(t *testing.T) {
			t.Parallel()
			s := harness.NewSettings(t, harness.Settings{"MAIL_PER_ADDRESS": "0"})
			harness.StartSite(t, s)
			p := harness.NewPerson(t, s, w)
			inspectAt(p, p.Path(""), "landing.title")
			keepPictures(p, "landing, other looks", forced, large)
			inspectAt(p, p.Path("/privacy"), "privacy.title")
			inspectAt(p, "/outbox", "outbox.title", "empty")
			inspectAt(p, p.Path("/nowhere"), "error.not_found.title")
			inspectAt(p, p.Path("/confirm/nothing"), "link.cut.title")
			inspectAt(p, p.Path("/confirm/"+strings.Repeat("A", 36)), "link.mistyped.title")
			inspectForm(p)
			inspectConfirmation(p)
			inspectAdvice(p)
			inspectLongAnswers(p)
		})
	}
}

func TestNoPageAboutADraftHasABarrier(t *testing.T) {
	t.Parallel()
	for _, w := range harness.Ways[:2] {
		t.Run(w.Name, func(t *testing.T) {
			t.Parallel()
			s := harness.NewSettings(t, harness.Settings{"MAIL_PER_ADDRESS": "0"})
			harness.StartSite(t, s)
			inspectDrafts(harness.NewPerson(t, s, w))
		})
	}
}

// inspectForm goes through the form and inspects each page as it comes, when it
// is refused, and with all that can appear on it.
func inspectForm(p *harness.Person) {
	raising := map[string][]harness.Answer{
		"about": {harness.To("region", "outside")},
		"role":  {harness.To("roles", "other", "trainee", "clinician")},
		"interests": {
			harness.To("expertise", "other"), harness.To("health_research", "other"), harness.To("por_research", "other"),
		},
	}
	correct := map[string][]harness.Answer{
		"about":        append([]harness.Answer{harness.To("country", "FR")}, harness.Ada[0].Answers[:3]...),
		"role":         {harness.To("role_other", "Poet"), harness.To("trainee_level", "doctoral")},
		"affiliations": {harness.To("university", "Laval")},
		"interests": {
			harness.To("expertise_other", "A"), harness.To("health_research_other", "B"), harness.To("por_research_other", "C"),
			harness.To("goals", "To meet."),
		},
	}
	p.Visit(p.Path("/apply"))
	p.ExpectSection("about")
	inspect(p, "about, at first")
	p.Visit(p.Path("/apply/check"))
	p.Expect(p.Words("note.order"), "words(document.querySelector('[role=status]'))")
	for _, s := range harness.Ada {
		p.ExpectSection(s.Key)
		inspect(p, s.Key)
		p.Continue()
		p.Expect(true, "!!summary()")
		p.AnswerAll(raising[s.Key]...)
		for _, a := range correct[s.Key] { // all that was raised
			p.Expect(true, "!!question($0)", p.Label(a.Question))
		}
		if s.Key == "role" {
			inspect(p, "role, with what its answer raises")
		}
		p.Continue()
		p.Expect(true, "!!summary()")
		inspect(p, s.Key+", refused again")
		if s.Key == "role" {
			keepPictures(p, "role, refused again, other looks", forced, large)
		}
		p.AnswerAll(correct[s.Key]...)
		// The error at the last question goes once it is left, and with it the page moves: a press that
		// a busy machine draws out would end beside the button.
		p.Execute("document.activeElement.blur()")
		p.Expect(0, "document.querySelectorAll('.problem').length")
		inspect(p, s.Key+", corrected")
		p.Continue()
	}
	p.ExpectSection("check")
	inspect(p, "check")
	keepPictures(p, "check, other looks", forced, large, paper)
	inspectAt(p, p.Path(""), "landing.title", "with a draft")
	p.Follow(p.Words("landing.continue"))
	p.ExpectSection("check")
	p.Follow(p.Words("check.send"))
	p.ExpectErrors("check", 1)
	inspect(p, "check, refused")
	p.CarryNote(p.Path("/apply/check"), "press")
	inspectAt(p, p.Path("/apply/check"), "check.title", "press again")
	p.Click("box($0)", p.Consent(0))
	p.ReadPage()
	p.Follow(p.Words("check.send"))
	p.Expect(true, "title().startsWith($0)", p.Words("sent.waiting.title"))
	inspect(p, "sent")
}
