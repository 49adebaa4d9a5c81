package confirm_test

import (
	"net/http"
	"testing"

	"joinery/app/confirm"
	"joinery/app/journeytest"
)

// Programs that look into mail open links in many ways, and none of them confirms.
func TestOnlyAGETInTheBrowserThatAppliedConfirms(t *testing.T) {
	t.Parallel()
	tests := []struct {
		method string
		own    bool
		want   confirm.LinkStatus
	}{
		{http.MethodGet, false, confirm.Open},
		{http.MethodHead, false, confirm.Open},
		{http.MethodHead, true, confirm.Open},
		{http.MethodGet, true, confirm.Used},
	}
	j := journeytest.New(t)
	j.Submitted(t)
	token := j.ConfirmToken(t)
	for _, tt := range tests {
		confirmed, err := j.Confirm.OpenLink(t.Context(), j.ConfirmLink(t, token), tt.method, "", tt.own)
		if err != nil || confirmed != (tt.want == confirm.Used) {
			t.Errorf("%s, own %v: confirmed %v, %v", tt.method, tt.own, confirmed, err)
		}
		j.WantConfirmLink(t, token, tt.want)
	}
}
