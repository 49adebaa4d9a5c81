// Package web is the site: routes, pages and errors. It is the only package that knows
// Fiber, and it decides only what a page shows.
package web

import (
	"cmp"
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"net"
	"net/netip"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gofiber/fiber/v2"

	"joinery/app/address"
	"joinery/app/assets"
	"joinery/app/brand"
	"joinery/app/confirm"
	"joinery/app/i18n"
	"joinery/app/mail"
	"joinery/app/resume"
	"joinery/app/welcome"
	"joinery/app/wizard"
)

// Options are the parts and the settings of a site.
type Options struct {
	Files   fs.FS          // with the folders views, partials and static
	Reload  bool           // read Files again at each request: for development
	Wizard  *wizard.Wizard // the wizard of the application for membership
	Confirm *confirm.Service
	Resume  *resume.Service
	Ready   func(context.Context) error // returns the errors of stores that do not answer
	Now     func() time.Time
	Zone    *time.Location     // in which times are told; nil: UTC
	Outbox  *mail.Outbox       // what /outbox shows; nil: there is no /outbox
	HTTPS   bool               // browsers reach the site by https
	Name    i18n.Text          // the name of the organization
	Address string             // the postal address of the organization
	Contact string             // the email address for questions
	Places  welcome.Places     // what awaits a new member
	BaseURL string             // the public address of the site
	Brand   brand.Brand        // the appearance of the organization
	MX      *address.MXChecker // looks up domains for advice on addresses; nil: no look-ups
	Proxies []netip.Prefix     // trusted proxies: see clientIP
	Log     *slog.Logger

	TokenKey []byte                                                     // signs the times in forms; with the same one, a form from before a restart works
	Count    func(method, route string, status int, took time.Duration) // called for each page; nil: nothing is counted
	Failed   func(error)                                                // called when a request failed; nil: nothing is counted

	DraftTTL   time.Duration // how long a draft is kept after its last save
	WaitingTTL time.Duration // how long an application waits for confirmation

	Notice Notice // what else the privacy notice tells
}

// A Server is the running site. Its methods may be called concurrently.
type Server struct {
	Options
	app      *fiber.App
	apply    *mount   // the application for membership
	mounts   []*mount // apply and others
	assets   *assets.Store
	styles   *assets.Styles
	views    *views
	branding branding
	tokenKey tokenKey

	draining         atomic.Bool
	large            largeBodies
	landings         sync.Map     // of visitors without cookies: the page, as []byte, by language
	unreadableLogged atomic.Int64 // when logUnreadable last logged, in nanoseconds
}

// Limits of what the site accepts.
const (
	maxFormSize   = 64 << 10
	maxBodyRead   = 384 << 10 // the part of a larger body that is read: a browser that is cut off while sending shows no answer
	maxHeaderSize = 16 << 10
	readTimeout   = 10 * time.Second
	writeTimeout  = 10 * time.Second
	idleTimeout   = 60 * time.Second
	storeTimeout  = 1500 * time.Millisecond // for all calls of the stores in one request; one that waits for a lock can take a second longer
)

// New returns a site that is ready to serve. It returns an error if it cannot read a
// template or a static file, or has no TokenKey.
func New(o Options) (*Server, error) {
	if len(o.TokenKey) == 0 {
		return nil, errors.New("web: there is no key for tokens")
	}
	o.Zone = cmp.Or(o.Zone, time.UTC)
	s := &Server{Options: o, branding: newBranding(o.Brand), tokenKey: o.TokenKey}
	s.apply = s.mount(o.Wizard, applyPath, applyCookie)
	var err error
	if err = s.loadStatic(); err != nil {
		return nil, err
	}
	if s.views, err = newViews(o.Files, o.Reload, s.assets, s.styles); err != nil {
		return nil, err
	}
	s.app = fiber.New(fiber.Config{
		AppName:               "Joinery",
		DisableStartupMessage: true,
		Immutable:             true, // strings from a request outlive it
		BodyLimit:             maxBodyRead,
		ReadBufferSize:        maxHeaderSize,
		ReadTimeout:           readTimeout,
		WriteTimeout:          writeTimeout,
		IdleTimeout:           idleTimeout,
		ErrorHandler:          s.showError,

		DisablePreParseMultipartForm: true, // no form of the site has parts: nothing is written to disk
	})
	s.routes()
	s.app.Server().HeaderReceived = s.limitLargeBody
	s.app.Server().ErrorHandler = s.refuseBriefly(s.app.Server().ErrorHandler)
	s.app.Server().Handler = s.endConnections(refuseAmbiguous(s.app.Server().Handler))
	return s, nil
}

// Serve answers requests on l until Shutdown is called. It takes every connection that l
// returns, so l limits how many there are.
func (s *Server) Serve(l net.Listener) error { return s.app.Listener(l) }

// Shutdown stops accepting requests and waits, at most for timeout, for the requests
// under way. It closes connections on which it has read no byte of a request: see Drain.
func (s *Server) Shutdown(timeout time.Duration) error { return s.app.ShutdownWithTimeout(timeout) }
