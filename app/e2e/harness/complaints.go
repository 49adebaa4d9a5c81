//go:build e2e

package harness

import (
	"fmt"
	"strings"

	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
)

// MaxDocument is how many bytes a page may take on the wire, with its styles and
// headers: all that a browser needs before it draws.
const MaxDocument = 13_000

// notice fails the test for everything that the browser complains of: an error
// in a script, something that the policy forbids, a file that is missing. A page
// itself may come with 404, 410 or 422.
func (p *Person) notice(event any) {
	switch e := event.(type) {
	case *network.EventRequestWillBeSent:
		if e.Type == network.ResourceTypeDocument && e.Request.Method == "POST" {
			p.posts.Add(1)
		}
	case *runtime.EventExceptionThrown:
		if words := exception(e.ExceptionDetails); !p.tolerates(words) {
			p.Errorf("an error in a script: %s", words)
		}
	case *runtime.EventConsoleAPICalled:
		if words := string(e.Args[0].Value); !p.tolerates(words) {
			p.Errorf("the console has %s: %s", e.Type, words)
		}
	case *log.EventEntryAdded:
		if e.Entry.Level == log.EntryLevelError || e.Entry.Level == log.EntryLevelWarning {
			p.complain(e.Entry)
		}
	}
}

// exception tells an error in a script with its trace, or with what was thrown instead.
func exception(d *runtime.ExceptionDetails) string {
	words := fmt.Sprintf("%s %s:%d:%d", d.Text, d.URL, d.LineNumber, d.ColumnNumber)
	if d.Exception != nil {
		words += fmt.Sprintf(" %s %s", d.Exception.Description, d.Exception.Value)
	}
	return words
}

func (p *Person) complain(e *log.Entry) {
	path := strings.TrimPrefix(e.URL, p.Base)
	page := strings.HasPrefix(path, "/en/") || strings.HasPrefix(path, "/fr/")
	refused := e.Source == log.EntrySourceNetwork && page && strings.Contains(e.Text, "status of 4")
	words := fmt.Sprintf("%s: %s %s", e.Level, e.Text, path)
	if !refused && !p.tolerates(words) {
		p.Errorf("the browser complains: %s", words)
	}
}

func (p *Person) tolerates(words string) bool {
	return p.Tolerate != "" && strings.Contains(words, p.Tolerate)
}

// weigh returns what fails the test for every page that is too heavy, whichever
// test opens it.
func (p *Person) weigh() func(event any) {
	pages := make(map[network.RequestID]string)
	return func(event any) {
		switch e := event.(type) {
		case *network.EventRequestWillBeSent:
			if e.Type == network.ResourceTypeDocument {
				pages[e.RequestID] = e.Request.URL
			}
		case *network.EventLoadingFinished:
			if address, ok := pages[e.RequestID]; ok && e.EncodedDataLength > MaxDocument {
				p.Errorf("%s takes %.0f bytes with its styles, want at most %d", strings.TrimPrefix(address, p.Base), e.EncodedDataLength, MaxDocument)
			}
		}
	}
}
