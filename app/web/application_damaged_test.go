package web

import (
	"net/http"
	"strings"
	"testing"

	"joinery/app/i18n"
)

// TestADamagedApplicationIsAFaultThatTellsNothing and ends in its time, while another goes
// on.
func TestADamagedApplicationIsAFaultThatTellsNothing(t *testing.T) {
	t.Parallel()
	s := newSite(t, settings{})
	l := i18n.English
	v, reader, other := s.visitor(t), s.visitor(t), s.visitor(t)
	v.send(l, answerAll)
	link := s.link(t, 1)
	if _, err := s.queue.DB.Write().ExecContext(t.Context(), `UPDATE applications SET content = '1.' || substr(content, 5)`); err != nil {
		t.Fatal(err)
	}
	reader.open(link)
	reader.want(http.StatusInternalServerError, i18n.T(l, "error.internal.title"))
	v.open("/en/apply/sent")
	v.want(http.StatusInternalServerError, i18n.T(l, "error.internal.title"))
	if logged := s.log.String(); !strings.Contains(logged, "does not open") || strings.Contains(logged, testWord) || strings.Contains(logged, "xample") {
		t.Errorf("the log is\n%s", logged)
	}
	other.send(l, answerFirst)
	other.open(s.link(t, 2))
	other.want(http.StatusOK, i18n.T(l, "link.used.title"))

	s.pass(waitingTTL)
	if err := s.confirm.Expire(t.Context()); err != nil {
		t.Fatal(err)
	}
	reader.open(link)
	reader.want(http.StatusGone, i18n.T(l, "link.gone.title"))
	v.open("/en/apply/sent")
	v.want(http.StatusOK, i18n.T(l, "sent.expired.title"))
}
