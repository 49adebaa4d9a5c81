package web

import (
	"strings"
	"sync"

	"github.com/gofiber/fiber/v2"

	"joinery/app/i18n"
)

// routes registers the checks of requests and the routes, in the order in which a
// request passes them.
func (s *Server) routes() {
	s.app.Use(compress) // also the answer that a file does not exist
	s.app.Get("/healthz", s.healthz)
	s.app.Get("/readyz", s.readyz)
	s.app.Get("/static/*", s.serveStatic)
	for _, url := range s.publishFiles() {
		s.app.Get(url, s.serveStatic)
	}

	s.app.Use(s.logRequest, s.recoverPanic)
	s.app.Use(s.protect, s.limitBody, s.sameOrigin, s.formsOnly, s.limitTime)
	s.app.Use(s.redirectToKnownPath(sync.OnceValue(s.knownPaths)))
	s.app.Get("/", s.chooseLanguage)
	if s.Outbox != nil {
		s.app.Get("/outbox", localOnly, s.showOutbox)
		s.app.Get("/outbox/:id", localOnly, s.showLetter)
		s.app.Get("/outbox/:id/html", localOnly, s.showLetterHTML)
	}
	for _, l := range i18n.Languages {
		s.routesIn(s.app.Group("/" + string(l)))
	}
	s.app.Use(s.mendLink)
}

// routesIn registers the pages of the site in one language.
func (s *Server) routesIn(r fiber.Router) {
	r.Get("/", s.showLanding)
	r.Get("/privacy", s.showPrivacy)
	s.draftRoutes(r)
	s.applicationRoutes(r)
	s.apply.routesIn(r) // after the paths above, which no section can have
	s.resumeRoutes(r)
	s.confirmRoutes(r)
}

// draftRoutes registers the pages about the draft that a browser holds.
func (s *Server) draftRoutes(r fiber.Router) {
	r.Get("/apply/later", s.showSaveForLater)
	r.Post("/apply/later", s.sendResumeLink)
	r.Get("/apply/phone", s.showHandoff)
	r.Post("/apply/phone", s.createHandoff)
	r.Get("/apply/phone/live", s.pollHandoff)
	r.Get("/apply/delete", s.showDelete)
	r.Post("/apply/delete", s.deleteDraft)
	r.Get("/apply/closed", s.showClosed)
	r.Get("/apply/leave", s.showLeave)
	r.Post("/apply/leave", s.leave)
	r.Get("/apply/leave/link", s.redirectToLeave)
	r.Post("/apply/leave/link", s.sendLinkBeforeLeaving)
}

// applicationRoutes registers the pages on which a draft is submitted, and those about the
// application.
func (s *Server) applicationRoutes(r fiber.Router) {
	r.Get("/apply/check", s.showReview)
	r.Post("/apply/check", s.submit)
	r.Post("/apply/check/save", s.autosaveConsents)
	r.Get("/apply/sent", s.showSent)
	r.Get("/apply/sent/live", s.pollMailStatus)
	r.Get("/apply/sent/:act", s.redirectToSent)
	r.Post("/apply/sent/code", s.postSentCode)
	r.Post("/apply/sent/who", s.postSentAnswer)
	r.Post(sentPath+"/address", s.changeEmail)
	r.Post("/apply/sent/again", s.resendConfirmation)
	r.Post("/apply/sent/correct", s.startCorrection)
	r.Get("/apply/receipt", s.showReceipt)
	r.Get("/apply/receipt.pdf", s.sendReceiptPDF)
}

// resumeRoutes registers the pages that bring a draft to another browser.
func (s *Server) resumeRoutes(r fiber.Router) {
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
}

// confirmRoutes registers the pages of links that confirm an address, or put former
// answers back.
func (s *Server) confirmRoutes(r fiber.Router) {
	r.Get("/confirm", s.showConfirmLink) // a link that was cut
	r.Get("/confirm/:token", s.showConfirmLink)
	r.Post("/confirm/:token", s.postChoice)
	r.Get("/confirm/:token/code", s.redirectToConfirmLink)
	r.Post("/confirm/:token/code", s.postConfirmCode)
	r.Get("/confirm/:token/who", s.redirectToConfirmLink)
	r.Post("/confirm/:token/who", s.postLinkAnswer)
	r.Get("/confirm/:token/renew", s.redirectToConfirmLink)
	r.Post("/confirm/:token/renew", s.resendFromLink)
	r.Get("/confirm/:token/not-mine", s.showDecline)
	r.Post("/confirm/:token/not-mine", s.confirmDecline)
	r.Get("/restore", s.showRestoreLink) // a link that was cut
	r.Get("/restore/:token", s.showRestoreLink)
	r.Post("/restore/:token", s.postRestore)
	r.Get("/address", s.showAddressLink) // a link that was cut
	r.Get("/address/:token", s.showAddressLink)
	r.Post("/address/:token", s.postNewAddress)
}

// routesIn registers the pages of the wizard in one language.
func (m *mount) routesIn(r fiber.Router) {
	r.Get(m.base, m.start)
	r.Get(m.base+"/:section", m.showSection)
	r.Post(m.base+"/:section", m.postSection)
	r.Post(m.base+"/:section/save", m.autosave)
	r.Post(m.base+"/:section/:field", m.previewField)
}

// baseOf returns the base of the form that a request belongs to.
func (s *Server) baseOf(c *fiber.Ctx) string {
	path := pathAfter(langOf(c), c)
	for _, m := range s.mounts {
		if path == m.base || strings.HasPrefix(path, m.base+"/") {
			return m.base
		}
	}
	return applyPath
}
