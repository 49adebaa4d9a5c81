package web

import (
	"context"
	"errors"
	"sync"

	"github.com/gofiber/fiber/v2"

	"joinery/app/access"
	"joinery/app/confirm"
	"joinery/app/member"
	"joinery/app/wizard"
)

// A visit is what one request knows about its browser. Each part is loaded once, when a
// handler first asks for it.
type visit struct {
	session     string                             // the secret in the cookie, or ""
	draftKey    func() (string, error)             // the key of the draft that the session leads to, or [wizard.ErrNoDraft]
	progress    func() (wizard.Progress, error)    // with [wizard.ErrSubmitted] if the draft was submitted, and [wizard.ErrClosed] if it was closed here
	application func() (member.Application, error) // the application from that draft, or [confirm.ErrNoApplication]
}

// visit returns the visit of a request, the same at each call.
func (m *mount) visit(c *fiber.Ctx) *visit {
	if v, ok := c.Locals(m).(*visit); ok {
		return v
	}
	v := m.newVisit(c.UserContext(), m.session(c))
	c.Locals(m, v)
	return v
}

func (m *mount) newVisit(ctx context.Context, session string) *visit {
	info := sync.OnceValues(func() (access.DraftInfo, error) { return m.wizard.Session(ctx, session) })
	return &visit{
		session: session,
		draftKey: func() (string, error) {
			i, err := info()
			return i.Draft, err
		},
		progress: sync.OnceValues(func() (wizard.Progress, error) {
			i, err := info()
			if errors.Is(err, wizard.ErrNoDraft) {
				p := m.wizard.Start()
				p.Session = session
				return p, nil
			}
			if err != nil { // with ErrClosed too: the page that the browser sees is that of a person who has saved nothing
				return m.wizard.Start(), err
			}
			p, err := m.wizard.ProgressOf(ctx, i)
			p.Session = session
			return p, err
		}),
		application: sync.OnceValues(func() (member.Application, error) {
			i, err := info()
			if errors.Is(err, wizard.ErrNoDraft) {
				return member.Application{}, confirm.ErrNoApplication
			}
			if err != nil {
				return member.Application{}, err
			}
			return m.Confirm.Application(ctx, i.Draft)
		}),
	}
}

// draft returns the progress of a browser that holds a draft, or [wizard.ErrNoDraft] or
// [wizard.ErrSubmitted].
func (v *visit) draft() (wizard.Progress, error) {
	p, err := v.progress()
	if err == nil && !p.HasDraft() {
		err = wizard.ErrNoDraft
	}
	return p, err
}

// openDraft returns the progress of a browser. If its draft was submitted, the progress
// has no draft.
func (v *visit) openDraft() (wizard.Progress, error) {
	p, err := v.progress()
	if errors.Is(err, wizard.ErrSubmitted) {
		return p, nil
	}
	return p, err
}

// anyDraft returns the progress of a browser. If its draft was submitted, or closed in this
// browser, the progress has no draft.
func (v *visit) anyDraft() (wizard.Progress, error) {
	p, err := v.openDraft()
	if errors.Is(err, wizard.ErrClosed) {
		return p, nil
	}
	return p, err
}

// waiting returns the application of a browser if it waits for confirmation, or
// [confirm.ErrNoApplication].
func (v *visit) waiting() (member.Application, error) {
	a, err := v.application()
	if err == nil && a.State != member.Waiting {
		err = confirm.ErrNoApplication
	}
	return a, err
}
