// Package web is the site: routes, pages and errors. It is the only package
// that knows Fiber, and it decides nothing but what a person is shown.
package web

import (
	"context"
	"io/fs"
	"log/slog"
	"net"
	"net/netip"
	"time"

	"github.com/gofiber/fiber/v2"

	"joinery/app/address"
	"joinery/app/assets"
	"joinery/app/brand"
	"joinery/app/confirm"
	"joinery/app/i18n"
	"joinery/app/mail"
	"joinery/app/resume"
	"joinery/app/wizard"
)

// Options are what a site is made of.
type Options struct {
	Files   fs.FS          // with the folders views, partials and static
	Reload  bool           // read Files again at each request: for development
	Wizard  *wizard.Wizard // of the application for membership
	Confirm *confirm.Service
	Resume  *resume.Service
	Ready   func(context.Context) error // says which store cannot be used now
	Now     func() time.Time
	Outbox  *mail.Outbox       // shown at /outbox; nil: not shown
	HTTPS   bool               // whether people reach the site by https
	Name    i18n.Text          // of the organization
	Address string             // where post reaches it
	Contact string             // where people can write to
	BaseURL string             // how people reach the site
	Brand   brand.Brand        // how the organization looks
	MX      *address.MXChecker // for advice on addresses; nil: no domain is looked up
	Proxies []netip.Prefix     // whose word about whom they speak for is believed
	Log     *slog.Logger

	DraftTTL   time.Duration // of a draft after its last save
	WaitingTTL time.Duration // of an application that is not confirmed
}

// A Server is the running site. Its methods may be called concurrently.
type Server struct {
	Options
	app      *fiber.App
	apply    *mount   // of the application for membership
	mounts   []*mount // apply and others
	assets   *assets.Store
	styles   *assets.Styles
	views    *views
	branding branding
	tokenKey tokenKey
}

// Limits of what the site accepts.
const (
	maxFormSize    = 64 << 10
	maxBodyRead    = 384 << 10 // of a larger body: whoever is cut off while sending sees no answer
	maxHeaderSize  = 16 << 10
	maxConnections = 1024
	readTimeout    = 10 * time.Second
	writeTimeout   = 10 * time.Second
	idleTimeout    = 60 * time.Second
	storeTimeout   = 5 * time.Second // for everything that a request asks of the stores
)

// New prepares the site. A template or a static file that cannot be read is an
// error.
func New(o Options) (*Server, error) {
	s := &Server{Options: o, branding: newBranding(o.Brand), tokenKey: newTokenKey()}
	s.apply = s.mount(o.Wizard, applyPath, "draft")
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
		Concurrency:           maxConnections,
		ReadTimeout:           readTimeout,
		WriteTimeout:          writeTimeout,
		IdleTimeout:           idleTimeout,
		ErrorHandler:          s.showError,
	})
	s.routes()
	return s, nil
}

// Serve answers requests on l until Shutdown.
func (s *Server) Serve(l net.Listener) error { return s.app.Listener(l) }

// Shutdown stops accepting requests and waits, at most for timeout, for those
// under way.
func (s *Server) Shutdown(timeout time.Duration) error { return s.app.ShutdownWithTimeout(timeout) }
