package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"
)

// checkSite sends a form to the site at its public address, as htmx does, and writes to out
// whether what stands between passes it on as it is. The form is empty: the site stores
// nothing of it. It is no error when nothing answers: the site may not run yet.
func checkSite(ctx context.Context, baseURL string, out io.Writer) error {
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, baseURL+"/en/resume", strings.NewReader("address="))
	if err != nil {
		return err
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Origin", baseURL)
	r.Header.Set("HX-Request", "true")
	client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	answer, err := client.Do(r)
	if err != nil {
		fmt.Fprintf(out, "nothing answers at BASE_URL yet, so the web server in front could not be tried: %v\n", err)
		return nil
	}
	defer answer.Body.Close()
	if err := judgeAnswer(answer); err != nil {
		return fmt.Errorf("BASE_URL %s: %w", baseURL, err)
	}
	fmt.Fprintln(out, "ok: a form sent to BASE_URL arrives as it was sent")
	return nil
}

// judgeAnswer returns what is wrong with the way to the site, by its answer to the form.
func judgeAnswer(answer *http.Response) error {
	switch {
	case answer.StatusCode == http.StatusForbidden:
		return errors.New("forms are refused as if they came from another site: is BASE_URL what people type, and does the web server in front pass on Host and Origin?")
	case answer.StatusCode >= 300 && answer.StatusCode < 400:
		return fmt.Errorf("the web server in front leads to %s: is BASE_URL what people type, with https if they use it?", answer.Header.Get("Location"))
	case answer.StatusCode == http.StatusUnprocessableEntity && answer.Header.Get("HX-Fragment") != "":
		return nil
	case answer.StatusCode == http.StatusUnprocessableEntity:
		return errors.New("the headers of htmx do not arrive, or those of the answer do not come back: the web server in front must pass on HX-Request and HX-Fragment")
	}
	return fmt.Errorf("another program than this site answers, with %s", answer.Status)
}
