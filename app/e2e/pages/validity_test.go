//go:build e2e

package pages

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"

	"joinery/app/e2e/harness"
)

// keepForValidity keeps the page as the server sends it and, where htmx has
// changed it since, also as it is now. When the tests of the package are over, all
// kept pages are checked in one go: the checkers are slow to start.
func keepForValidity(p *harness.Person, name string) {
	p.Helper()
	changed := harness.Ask[bool](p, "performance.getEntriesByType('resource').some(r => r.initiatorType === 'fetch')")
	if !changed {
		keepHTML(p, name, documentSource(p))
		return
	}
	again := harness.Ask[string](p, "fetch(location).then(r => r.text())")
	keepHTML(p, name, again)
	now := harness.Ask[string](p, "document.documentElement.outerHTML")
	// A browser writes an attribute without a value as one with an empty value.
	keepHTML(p, name+", as htmx left it", "<!DOCTYPE html>\n"+strings.ReplaceAll(now, `=""`, ""))
}

// documentSource returns the document as it came from the server, if only in answer to
// a post.
func documentSource(p *harness.Person) string {
	p.Helper()
	request := network.RequestID(harness.Call(p, page.GetFrameTree, cdp.Empty{}).FrameTree.Frame.LoaderID)
	return string(harness.Call(p, network.GetResponseBody, network.GetResponseBodyParams{RequestID: request}).Body)
}

// keptPages makes a folder for the pages of all tests, once.
var keptPages = sync.OnceValues(func() (string, error) { return os.MkdirTemp("", "joinery-pages-") })

// keepHTML writes a page into the folder of the test.
func keepHTML(p *harness.Person, name, html string) {
	p.Helper()
	pages, err := keptPages()
	p.Must(err)
	folder := filepath.Join(pages, p.Name())
	p.Must(os.MkdirAll(folder, 0o700))
	kept, err := os.ReadDir(folder)
	p.Must(err)
	file := fmt.Sprintf("%02d %s.html", len(kept)+1, strings.ReplaceAll(name, "/", " "))
	p.Must(os.WriteFile(filepath.Join(folder, file), []byte(html), 0o600))
}

// tolerated is what the checkers may say against a page, and nothing else.
var tolerated = regexp.MustCompile(strings.Join([]string{
	// htmx would read data-hx-… as well, but these are the names by which its attributes are known.
	`html: Nu: Attribute “hx-[a-z-]+(:[45]xx)?” not allowed on element`,
	// On reload, Firefox gives a hidden field the value back that it had before, and only this stops it.
	`html: Nu: An “input” element with a “type” attribute whose value is “hidden” must not have an “autocomplete” attribute`,
	`html: valid-autocomplete: "off" cannot be used on <input type="hidden">$`,
	// A list of the questions that were shown, and buttons that say what is to be done or chosen.
	`html: form-dup-name: Duplicate form control name "(shown|wrong|do|choice)"$`,
	// Where the page had its focus when it came, and where htmx puts it with what it brings.
	`, as htmx left it.html: Nu: There must not be two elements with the same .* “autofocus” attribute`,
}, "|"))

// A complaint is what a checker says against a page.
type complaint struct{ page, words, excerpt string }

// checkKeptPages returns what the checkers say against the kept pages.
func checkKeptPages() error {
	pages, err := keptPages()
	if err != nil {
		return err
	}
	defer os.RemoveAll(pages)
	if kept, err := os.ReadDir(pages); err != nil || len(kept) == 0 {
		return err
	}
	if err := checkValidity(pages); err != nil {
		return fmt.Errorf("pages are not valid: %w", err)
	}
	return nil
}

// checkValidity returns what either checker says against the pages in a folder, once
// for all the pages of which it is true.
func checkValidity(folder string) (faults error) {
	said := make(map[complaint]bool)
	for name, complaints := range checkers {
		all, err := complaints(folder)
		all, missed := withoutFaulty(folder, all)
		if err := errors.Join(err, missed); err != nil {
			faults = errors.Join(faults, fmt.Errorf("%s: %w", name, err))
		}
		for _, c := range all {
			whole := c.page + ": " + c.words
			c.page = ""
			if !said[c] && !tolerated.MatchString(whole) {
				faults = errors.Join(faults, fmt.Errorf("%s\n%.300s", whole, c.excerpt))
				said[c] = true
			}
		}
	}
	return faults
}

// checkers are the programs that look at the pages in a folder.
var checkers = map[string]func(folder string) ([]complaint, error){"Nu": askNu, "html-validate": askHTMLValidate}

// askNu asks the Nu checker, which knows the standard.
func askNu(folder string) (all []complaint, err error) {
	var report struct {
		Messages []struct{ URL, Message, Extract string }
	}
	err = runChecker(&report, "java", "-Xss8m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-jar", "node_modules/vnu-jar/build/dist/vnu.jar",
		"--format", "json", "--stdout", "--exit-zero-always", folder)
	for _, m := range report.Messages {
		address, err := url.Parse(m.URL)
		if err != nil {
			return nil, err
		}
		all = append(all, complaint{strings.TrimPrefix(address.Path, folder+"/"), "Nu: " + m.Message, m.Extract})
	}
	return all, err
}

// askHTMLValidate asks html-validate, which knows good practice.
func askHTMLValidate(folder string) (all []complaint, err error) {
	var report []struct {
		FilePath, Source string
		Messages         []struct {
			RuleID, Message string
			Line            int
		}
	}
	err = runChecker(&report, "node_modules/.bin/html-validate", "--config", "html-validate.cjs", "--formatter", "json", folder)
	for _, file := range report {
		lines := strings.Split(file.Source, "\n")
		for _, m := range file.Messages {
			page := strings.TrimPrefix(file.FilePath, folder+"/")
			all = append(all, complaint{page, m.RuleID + ": " + m.Message, strings.TrimSpace(lines[m.Line-1])})
		}
	}
	return all, err
}

// runChecker runs one of the programs that package.json names and reads its
// report from a file: html-validate writes only the beginning of a long one into
// a pipe.
func runChecker(report any, name string, args ...string) error {
	out, err := os.CreateTemp("", "joinery-report")
	if err != nil {
		return err
	}
	defer os.Remove(out.Name())
	defer out.Close()
	c := exec.Command(name, args...)
	var trouble bytes.Buffer
	c.Dir, c.Stdout, c.Stderr = "testdata/checkers", out, &trouble
	ended := c.Run() // with a status of its own if there are complaints
	text, err := os.ReadFile(out.Name())
	if err = errors.Join(err, json.Unmarshal(text, report)); err != nil {
		return fmt.Errorf("%s, which make test would install: %w, %v\n%s", name, err, ended, trouble.String())
	}
	return nil
}

// faulty is the name of a kept page that has a fault, and twice is the page.
const (
	faulty = "ATest/in_French/01 a?b=1, twice.html"
	twice  = `<!DOCTYPE html><html lang="en"><title>A</title><h1 id="a">A</h1><p id="a">B</p></html>`
)

// A checker that finds no faults is worth nothing: each must find the one on a page that
// is kept beside those of the site, so that no checker starts twice.
func TestTheCheckersComplain(t *testing.T) {
	t.Parallel()
	pages, err := keptPages()
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(pages, faulty)
	if err := errors.Join(os.MkdirAll(filepath.Dir(file), 0o700), os.WriteFile(file, []byte(twice), 0o600)); err != nil {
		t.Fatal(err)
	}
}

// withoutFaulty takes the complaints against the page with a fault out of those of a
// checker, and returns an error if the page is kept and its fault is not found.
func withoutFaulty(folder string, all []complaint) (rest []complaint, err error) {
	if _, missing := os.Stat(filepath.Join(folder, faulty)); missing != nil {
		return all, nil
	}
	found := slices.ContainsFunc(all, func(c complaint) bool {
		return c.page == faulty && strings.Contains(c.words, "uplicate ID") && strings.Contains(c.excerpt, `id="a"`)
	})
	if !found {
		err = fmt.Errorf("it does not find the fault of %s", faulty)
	}
	return slices.DeleteFunc(all, func(c complaint) bool { return c.page == faulty }), err
}
