package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"joinery/app/i18n"
)

// TestLogHoldsNothingPrivate goes the whole way with mistakes, and reads the log.
func TestLogHoldsNothingPrivate(t *testing.T) {
	for drafts, open := range storeOpeners {
		t.Run(drafts, func(t *testing.T) {
			t.Parallel()
			s := newSite(t, settings{drafts: open})
			v, reader := s.visitor(t), s.visitor(t)
			f := reader.openFirstSection(i18n.French)
			f.set("email", "Zoe.Xylophone@nowhere")
			reader.press(f, "")
			reader.want(http.StatusUnprocessableEntity, "")
			reader.htmx(http.MethodPost, f.action+"/email", f.values(nil))
			said := v.send(i18n.French, answerAll)
			secrets := []string{v.cookie()}
			link := s.link(t, 1)
			secrets = append(secrets, link[strings.LastIndex(link, "/")+1:])
			v.pressButton(i18n.T(i18n.French, "sent.correct"))
			secrets = append(secrets, v.cookie())
			for _, path := range []string{"", "/not-mine", "x", "/nowhere"} {
				reader.open(link + path)
			}
			reader.post(link+"/nowhere", url.Values{"email": {typedEmail}})
			reader.open("/fr/" + url.PathEscape(testWord) + "?q=" + url.QueryEscape(typedEmail))
			reader.open(link)
			reader.pressButton("")
			s.letters(t)

			logged := s.log.String()
			if strings.Count(logged, "\n") < 30 || !strings.Contains(logged, `"route":"/fr/confirm/:token"`) {
				t.Fatalf("this test does not see what is logged, only %s", logged)
			}
			for _, secret := range secrets {
				handle, proof, _ := strings.Cut(secret, "-")
				secrets = append(secrets, handle, proof)
			}
			for _, values := range said {
				for _, value := range values {
					if len(value) > 3 {
						secrets = append(secrets, value)
					}
				}
			}
			for _, private := range append(secrets, "Xylophone", "xylophone", "ospital", "127.0.0.1") {
				if private != "" && strings.Contains(logged, private) {
					t.Errorf("the log holds %q", private)
				}
			}
		})
	}
}
