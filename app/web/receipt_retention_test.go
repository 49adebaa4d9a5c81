package web

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"joinery/app/i18n"
)

// TestReceiptEndsWithItsRetention follows a receipt through the states of its
// application.
func TestReceiptEndsWithItsRetention(t *testing.T) {
	t.Parallel()
	l := i18n.English
	tests := []struct {
		name string
		then func(t *testing.T, s *site, v *visitor, link string)
		gone bool
	}{
		{"it waits, up to the end", func(_ *testing.T, s *site, _ *visitor, _ string) { s.pass(waitingTTL - 3*time.Second) }, false},
		{"it is confirmed", func(_ *testing.T, _ *site, v *visitor, link string) { v.open(link) }, false},
		{"it is confirmed, up to the end", func(_ *testing.T, s *site, v *visitor, link string) { v.open(link); s.pass(waitingTTL - 3*time.Second) }, false},
		{"it is confirmed, and its time is over", func(_ *testing.T, s *site, v *visitor, link string) { v.open(link); s.pass(waitingTTL) }, true},
		{"it was not confirmed in time", func(_ *testing.T, s *site, _ *visitor, _ string) { s.pass(waitingTTL) }, true},
		{"it is withdrawn", func(t *testing.T, s *site, v *visitor, _ string) {
			a, err := s.application(t.Context(), v.cookie())
			if err == nil {
				err = s.memberStore.Withdraw(t.Context(), a.ID, s.now())
			}
			if err != nil {
				t.Fatal(err)
			}
		}, true},
		{"another application with the same address was confirmed", func(t *testing.T, s *site, v *visitor, link string) {
			v.open(link)
			other := s.visitor(t)
			other.sendWithText(l, "Newer")
			other.open(s.link(t, 3)) // after the two letters of the first
			other.answer(l, someMember, "")
		}, true},
		{"the member has left", func(t *testing.T, s *site, v *visitor, link string) {
			v.open(link)
			if _, err := s.queue.DB.Write().ExecContext(t.Context(), `DELETE FROM members`); err != nil {
				t.Fatal(err)
			}
		}, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s := newSite(t, settings{})
			v := s.visitor(t)
			v.sendWithText(l, "Zoë")
			tt.then(t, s, v, s.link(t, 1))
			v.wantReceipt(l, !tt.gone)
		})
	}
}

// wantReceipt wants a receipt with its answers and a link to it or, if there is false,
// neither.
func (v *visitor) wantReceipt(l i18n.Lang, there bool) {
	v.t.Helper()
	home := "/" + string(l) + "/apply/"
	v.open(home + "sent")
	if page := v.page.link(i18n.T(l, "receipt.keep.page")); (page != "") != there {
		v.t.Errorf("the page leads to %q, want a receipt to be there: %t", page, there)
	}
	v.open(home + "receipt.pdf")
	if is := v.page.header.Get("Content-Type") == "application/pdf"; is != there {
		v.t.Errorf("the PDF is there: %t, want %t", is, there)
	}
	v.open(home + "receipt")
	if there {
		v.want(http.StatusOK, i18n.T(l, "receipt.title"))
	} else {
		v.want(http.StatusGone, i18n.T(l, "receipt.gone.title"))
	}
	if words := v.page.text(); strings.Contains(words, "Zoë") != there || strings.Contains(words, "Newer") {
		v.t.Errorf("the page says %s, want the answers: %t", words, there)
	}
}
