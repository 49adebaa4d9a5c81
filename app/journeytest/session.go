package journeytest

import (
	"context"
	"errors"

	"joinery/app/confirm"
	"joinery/app/form"
	"joinery/app/i18n"
	"joinery/app/member"
	"joinery/app/resume"
	"joinery/app/wizard"
)

// The methods of this file do what the services do, for the browser with the given
// session. Each reads what it needs to know of the browser, as one request to the
// site does.

// Progress does what [wizard.Wizard.Progress] does.
func (j *Journey) Progress(ctx context.Context, session string) (wizard.Progress, error) {
	return j.Wizard.Progress(ctx, session)
}

// draft returns the progress of a browser, or [wizard.ErrNoDraft] or
// [wizard.ErrSubmitted].
func (j *Journey) draft(ctx context.Context, session string) (wizard.Progress, error) {
	p, err := j.Wizard.Progress(ctx, session)
	if err == nil && !p.HasDraft() {
		err = wizard.ErrNoDraft
	}
	return p, err
}

// anyProgress returns the progress of a browser, and of one whose draft was
// submitted, or closed there, a progress without a draft.
func (j *Journey) anyProgress(ctx context.Context, session string) (wizard.Progress, error) {
	p, err := j.Wizard.Progress(ctx, session)
	if errors.Is(err, wizard.ErrSubmitted) || errors.Is(err, wizard.ErrClosed) {
		err = nil
	}
	return p, err
}

// Save does what [wizard.Wizard.Save] does.
func (j *Journey) Save(ctx context.Context, session string, sub wizard.Submission) (wizard.SaveResult, error) {
	p, err := j.Wizard.Progress(ctx, session)
	if err != nil {
		return wizard.NotSaved(p, sub, err)
	}
	return j.Wizard.Save(ctx, p, sub)
}

// Preview does what [wizard.Wizard.Preview] does.
func (j *Journey) Preview(ctx context.Context, session string, section *form.Section, answers form.Answers) (form.Answers, form.Problems, error) {
	p, err := j.anyProgress(ctx, session)
	if err != nil {
		return nil, nil, err
	}
	all, problems := j.Wizard.Preview(p, section, answers)
	return all, problems, nil
}

// SaveConsents does what [wizard.Wizard.SaveConsents] does.
func (j *Journey) SaveConsents(ctx context.Context, session string, given []string) error {
	p, err := j.Wizard.Progress(ctx, session)
	if err != nil {
		return err
	}
	return j.Wizard.SaveConsents(ctx, p, given, false)
}

// Submit does what [confirm.Service.Submit] does.
func (j *Journey) Submit(ctx context.Context, session string, given []string, lang i18n.Lang, network string) (form.Problems, error) {
	p, err := j.anyProgress(ctx, session)
	if err != nil {
		return nil, err
	}
	return j.Confirm.Submit(ctx, p, given, lang, network)
}

// Application does what [confirm.Service.Application] does.
func (j *Journey) Application(ctx context.Context, session string) (member.Application, error) {
	info, err := j.Wizard.Session(ctx, session)
	if errors.Is(err, wizard.ErrNoDraft) {
		return member.Application{}, confirm.ErrNoApplication
	}
	if err != nil {
		return member.Application{}, err
	}
	return j.Confirm.Application(ctx, info.Draft)
}

// Owns reports whether a link to confirm belongs to the application of a browser.
func (j *Journey) Owns(ctx context.Context, session string, l confirm.Link) bool {
	a, err := j.Application(ctx, session)
	return err == nil && l.Of(a)
}

// StartCorrection does what [confirm.Service.StartCorrection] does.
func (j *Journey) StartCorrection(ctx context.Context, session string) error {
	a, held, err := j.applicationAndDraft(ctx, session)
	if err != nil {
		return err
	}
	return j.Confirm.StartCorrection(ctx, a, held)
}

// ChangeEmail does what [confirm.Service.ChangeEmail] does.
func (j *Journey) ChangeEmail(ctx context.Context, session, typed, network string) error {
	a, held, err := j.applicationAndDraft(ctx, session)
	if err != nil {
		return err
	}
	return j.Confirm.ChangeEmail(ctx, a, held, typed, network)
}

// applicationAndDraft returns the application of a browser, and the key of the
// draft that its session leads to.
func (j *Journey) applicationAndDraft(ctx context.Context, session string) (a member.Application, held string, err error) {
	a, err = j.Application(ctx, session)
	if err != nil {
		return a, "", err
	}
	info, err := j.Wizard.Session(ctx, session)
	return a, info.Draft, err
}

// ResendConfirmation does what [confirm.Service.ResendConfirmation] does.
func (j *Journey) ResendConfirmation(ctx context.Context, session, network string) error {
	a, err := j.Application(ctx, session)
	if err != nil {
		return err
	}
	return j.Confirm.ResendConfirmation(ctx, a, network)
}

// VerifyCode does what [confirm.Service.VerifyCode] does.
func (j *Journey) VerifyCode(ctx context.Context, session, typed string) (result confirm.CodeResult, left int, err error) {
	a, err := j.Application(ctx, session)
	if err != nil {
		return "", 0, err
	}
	return j.Confirm.VerifyCode(ctx, a, session, typed)
}

// SendLink does what [resume.Service.SendLink] does.
func (j *Journey) SendLink(ctx context.Context, session, email string, lang i18n.Lang, network string) error {
	p, err := j.draft(ctx, session)
	if err != nil {
		return err
	}
	return j.Resume.SendLink(ctx, p, email, lang, network)
}

// CreateHandoff does what [resume.Service.CreateHandoff] does.
func (j *Journey) CreateHandoff(ctx context.Context, session string, lang i18n.Lang) error {
	p, err := j.draft(ctx, session)
	if err != nil {
		return err
	}
	return j.Resume.CreateHandoff(ctx, p, lang)
}

// Handoff does what [resume.Service.Handoff] does.
func (j *Journey) Handoff(ctx context.Context, session string) (h resume.Handoff, ok bool, err error) {
	p, err := j.anyProgress(ctx, session)
	if err != nil {
		return resume.Handoff{}, false, err
	}
	return j.Resume.Handoff(ctx, p)
}

// Delete does what [resume.Service.Delete] does.
func (j *Journey) Delete(ctx context.Context, session string) error {
	p, err := j.anyProgress(ctx, session)
	if err != nil {
		return err
	}
	_, err = j.Resume.Delete(ctx, p)
	return err
}
