// Package web is the site: routes, pages and errors. It is the only package
// that knows Fiber, and it decides nothing but what a person is shown.
package web

import (
	"io/fs"
	"log/slog"
	"net"
	"net/netip"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/gofiber/fiber/v2/middleware/recover"

	"joinery/app/address"
	"joinery/app/assets"
	"joinery/app/brand"
	"joinery/app/i18n"
	"joinery/app/join"
	"joinery/app/mail"
)

// Options are what a site is made of.
type Options struct {
	Files   fs.FS // with the folders views, partials and static
	Reload  bool  // read Files again at each request: for development
	Join    *join.Service
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
}

// A Server is the running site. Its methods may be called concurrently.
type Server struct {
	Options
	app      *fiber.App
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

func (s *Server) routes() {
	s.app.Use(compress) // also what says that there is no such file
	s.app.Get("/healthz", s.healthz)
	s.app.Get("/readyz", s.readyz)
	s.app.Get("/static/*", s.serveStatic)
	for _, url := range s.publishFiles() {
		s.app.Get(url, s.serveStatic)
	}

	s.app.Use(s.logRequest, recover.New())
	s.app.Use(s.protect, s.limitBody, s.sameOrigin, s.formsOnly, s.limitTime)
	s.app.Get("/", s.chooseLanguage)
	if s.Outbox != nil {
		s.app.Get("/outbox", s.showOutbox)
		s.app.Get("/outbox/:id", s.showLetter)
		s.app.Get("/outbox/:id/html", s.showLetterHTML)
	}
	for _, l := range i18n.Languages {
		s.routesIn(s.app.Group("/" + string(l)))
	}
}

// routesIn registers what the site has in each language.
func (s *Server) routesIn(r fiber.Router) {
	r.Get("/", s.showLanding)
	r.Get("/privacy", s.showPrivacy)
	r.Get("/apply", s.start)
	r.Get("/apply/check", s.showReview)
	r.Post("/apply/check", s.submit)
	r.Get("/apply/sent", s.showSent)
	r.Get("/apply/sent/live", s.pollMailStatus)
	r.Get("/apply/sent/:act", s.getSentAct)
	r.Post("/apply/sent/code", s.postSentCode)
	r.Post("/apply/sent/address", s.changeEmail)
	r.Post("/apply/sent/again", s.resendConfirmation)
	r.Post("/apply/sent/correct", s.startCorrection)
	r.Get("/apply/receipt", s.showReceipt)
	r.Get("/apply/receipt.pdf", s.sendReceiptPDF)
	r.Get("/apply/later", s.showSaveForLater)
	r.Post("/apply/later", s.sendResumeLink)
	r.Get("/apply/phone", s.showHandoff)
	r.Post("/apply/phone", s.createHandoff)
	r.Get("/apply/delete", s.showDelete)
	r.Post("/apply/delete", s.deleteDraft)
	r.Get("/apply/:section", s.showSection)
	r.Post("/apply/:section", s.answerSection)
	r.Post("/apply/:section/save", s.autosave)
	r.Post("/apply/:section/:field", s.previewField)
	r.Get("/resume", s.showResumeRequest)
	r.Post("/resume", s.requestResumeLink)
	r.Get("/resume/:token", s.showResumeLink)
	r.Post("/resume/:token", s.enterByLink)
	r.Get("/resume/:token/renew", s.redirectToResumeLink)
	r.Post("/resume/:token/renew", s.reissueResumeLink)
	r.Get("/resume/:token/delete", s.showDeleteByLink)
	r.Post("/resume/:token/delete", s.deleteByLink)
	r.Get("/code", s.showHandoffCode)
	r.Get("/code/:code", s.showHandoffCode)
	r.Post("/code", s.redeemHandoff)
	r.Get("/confirm/:token", s.showConfirmLink)
	r.Post("/confirm/:token", s.postChoice)
	r.Get("/confirm/:token/code", s.redirectToConfirmLink)
	r.Post("/confirm/:token/code", s.postConfirmCode)
	r.Get("/confirm/:token/renew", s.redirectToConfirmLink)
	r.Post("/confirm/:token/renew", s.resendFromLink)
	r.Get("/confirm/:token/not-mine", s.showDecline)
	r.Post("/confirm/:token/not-mine", s.confirmDecline)
}

// Serve answers requests on l until Shutdown.
func (s *Server) Serve(l net.Listener) error { return s.app.Listener(l) }

// Shutdown stops accepting requests and waits, at most for timeout, for those
// under way.
func (s *Server) Shutdown(timeout time.Duration) error { return s.app.ShutdownWithTimeout(timeout) }
