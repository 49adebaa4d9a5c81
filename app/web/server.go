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
	Outbox  *mail.Outbox   // shown at /outbox; nil: not shown
	HTTPS   bool           // whether people reach the site by https
	Name    i18n.Text      // of the organization
	Address string         // where post reaches it
	Contact string         // where people can write to
	BaseURL string         // how people reach the site
	Brand   brand.Brand    // how the organization looks
	Proxies []netip.Prefix // whose word about whom they speak for is believed
	Log     *slog.Logger
}

// A Server is the running site. Its methods may be called concurrently.
type Server struct {
	Options
	app    *fiber.App
	assets *assets
	styles *styles
	views  *views
	look   look
	seal   seal
}

// Limits of what the site accepts.
const (
	bodyLimit   = 64 << 10
	bodyRead    = 384 << 10 // of a larger body: whoever is cut off while sending sees no answer
	headerLimit = 16 << 10
	connections = 1024
	readTime    = 10 * time.Second
	writeTime   = 10 * time.Second
	idleTime    = 60 * time.Second
	storeTime   = 5 * time.Second // for everything that a request asks of the stores
)

// New prepares the site. A template or a static file that cannot be read is an
// error.
func New(o Options) (*Server, error) {
	s := &Server{Options: o, look: newLook(o.Brand), seal: newSeal()}
	var err error
	if s.assets, err = newAssets(o.Files, o.Reload, o.Brand); err != nil {
		return nil, err
	}
	if s.styles, err = newStyles(o.Files, o.Reload, o.Brand.Palette); err != nil {
		return nil, err
	}
	if s.views, err = newViews(o.Files, o.Reload, s.assets, s.styles); err != nil {
		return nil, err
	}
	s.app = fiber.New(fiber.Config{
		AppName:               "Joinery",
		DisableStartupMessage: true,
		Immutable:             true, // strings from a request outlive it
		BodyLimit:             bodyRead,
		ReadBufferSize:        headerLimit,
		Concurrency:           connections,
		ReadTimeout:           readTime,
		WriteTimeout:          writeTime,
		IdleTimeout:           idleTime,
		ErrorHandler:          s.showError,
	})
	s.routes()
	return s, nil
}

func (s *Server) routes() {
	s.app.Use(compress) // also what says that there is no such file
	s.app.Get("/healthz", s.alive)
	s.app.Get("/readyz", s.ready)
	s.app.Get("/static/*", s.assets.serve)
	for _, url := range s.publish() {
		s.app.Get(url, s.assets.serve)
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
	r.Get("/apply/check", s.showCheck)
	r.Post("/apply/check", s.send)
	r.Get("/apply/sent", s.showSent)
	r.Get("/apply/sent/live", s.showLive)
	r.Get("/apply/sent/:act", s.backToSent)
	r.Post("/apply/sent/code", s.typeProof)
	r.Post("/apply/sent/address", s.readdress)
	r.Post("/apply/sent/again", s.sendAgain)
	r.Post("/apply/sent/correct", s.correct)
	r.Get("/apply/receipt", s.showReceipt)
	r.Get("/apply/receipt.pdf", s.sendReceipt)
	r.Get("/apply/later", s.showLater)
	r.Post("/apply/later", s.mailLink)
	r.Get("/apply/phone", s.showPhone)
	r.Post("/apply/phone", s.handOver)
	r.Get("/apply/delete", s.showDelete)
	r.Post("/apply/delete", s.deleteDraft)
	r.Get("/apply/:section", s.showSection)
	r.Post("/apply/:section", s.answerSection)
	r.Post("/apply/:section/save", s.saveQuietly)
	r.Post("/apply/:section/:field", s.previewField)
	r.Get("/resume", s.showLost)
	r.Post("/resume", s.askForLink)
	r.Get("/resume/:token", s.showWay)
	r.Post("/resume/:token", s.enter)
	r.Get("/resume/:token/renew", s.backToWay)
	r.Post("/resume/:token/renew", s.renewWay)
	r.Get("/resume/:token/delete", s.showDeleteByWay)
	r.Post("/resume/:token/delete", s.deleteByWay)
	r.Get("/code", s.showTypeCode)
	r.Get("/code/:code", s.showTypeCode)
	r.Post("/code", s.typeCode)
	r.Get("/confirm/:token", s.showLink)
	r.Post("/confirm/:token", s.choose)
	r.Get("/confirm/:token/code", s.backToLink)
	r.Post("/confirm/:token/code", s.proveLink)
	r.Get("/confirm/:token/renew", s.backToLink)
	r.Post("/confirm/:token/renew", s.renewLink)
	r.Get("/confirm/:token/not-mine", s.showNotMine)
	r.Post("/confirm/:token/not-mine", s.withdraw)
}

// Serve answers requests on l until Shutdown.
func (s *Server) Serve(l net.Listener) error { return s.app.Listener(l) }

// Shutdown stops accepting requests and waits, at most for timeout, for those
// under way.
func (s *Server) Shutdown(timeout time.Duration) error { return s.app.ShutdownWithTimeout(timeout) }
