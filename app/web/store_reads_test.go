package web

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"

	"joinery/app/draft"
	"joinery/app/i18n"
)

// storeReads are the numbers of reads that one request makes.
type storeReads struct{ session, draft, application int }

// A readCounter counts what requests read.
type readCounter struct {
	draft.Store
	mu              sync.Mutex
	now             storeReads
	readsPerSession int // the number of counts for one read of a session
}

func (r *readCounter) Load(ctx context.Context, id draft.ID) (draft.Draft, error) {
	r.mu.Lock()
	r.now.draft++
	r.mu.Unlock()
	return r.Store.Load(ctx, id)
}

// countColumn counts the reads of a column that each statement of interest reads once.
func (r *readCounter) countColumn(_ int, table, column, _ string) int {
	r.mu.Lock()
	defer r.mu.Unlock()
	switch table + "." + column {
	case "sessions.digest":
		r.now.session++
	case "applications.content":
		r.now.application++
	}
	return 0 // SQLITE_OK: the read is allowed
}

// takeCount returns the numbers of reads since the last call.
func (r *readCounter) takeCount() storeReads {
	r.mu.Lock()
	defer r.mu.Unlock()
	was := r.now
	r.now = storeReads{}
	was.session /= max(1, r.readsPerSession)
	return was
}

// countReads makes the site count its reads from now on.
func (s *site) countReads(t *testing.T, r *readCounter) {
	t.Helper()
	pool := s.queue.DB.Read()
	pool.SetMaxOpenConns(1) // this closes the connections that are not counted
	conn, err := pool.Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	err = conn.Raw(func(driver any) error {
		driver.(interface {
			RegisterAuthorizer(func(int, string, string, string) int)
		}).RegisterAuthorizer(r.countColumn)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	r.takeCount()
}

// TestARequestReadsEachRecordOnce requests every page in a browser with nothing, with
// a draft, with an application that waits, and with a membership.
func TestARequestReadsEachRecordOnce(t *testing.T) {
	t.Parallel()
	counter := new(readCounter)
	s := newSite(t, settings{drafts: func(t *testing.T, c *clock) testDraftStore {
		k := openSQLiteDrafts(t, c)
		counter.Store = k.Store
		k.Store = counter
		return k
	}})
	l := i18n.English
	nothing, holder, sender, member := s.visitor(t), s.visitor(t), s.visitor(t), s.visitor(t)
	member.send(l, answerFirst)
	member.open(s.link(t, 1))
	holder.apply(l, answerFirst)
	sender.send(l, answerFirst)
	link, _ := url.Parse(s.link(t, 3))
	other := s.visitorWithDraft(t, l, "Ada")
	other.open("/en/apply/later")
	other.requestLink(l, "ada@example.ca")
	resume, _ := url.Parse(s.link(t, 4))
	s.countReads(t, counter)
	_, err := s.wizard.Session(t.Context(), holder.cookie())
	if once := counter.takeCount(); err != nil || once.session == 0 {
		t.Fatalf("a session is read %d times, %v", once.session, err)
	} else {
		counter.readsPerSession = once.session // how often the statement names the column
	}

	browsers := map[string]*visitor{"nothing": nothing, "a draft": holder, "an application": sender, "a membership": member}
	for _, path := range s.requestPerRoute(link.Path, resume.Path) {
		for has, v := range browsers {
			v.request(path.method, path.url, path.posts)
			most := storeReads{session: 1, draft: 1, application: 1}
			if strings.Contains(path.url, "/confirm/") {
				most.application = 3 // the application of the link, whose statement names the column twice, and that of the browser
			}
			if path.method == http.MethodPost && strings.Contains(path.url, "/about") {
				most.draft, most.application = 2, 2 // a post without answers is a conflict, and reads the stored answers
			}
			if strings.HasPrefix(path.url, "/en/apply/leave") {
				most.application = 2 // the outcome of the draft, and the application for its receipt
			}
			if strings.Contains(path.url, "/resume/") {
				most.draft, most.application = 2, 2 // the records of the link, and those of the browser
			}
			if got := counter.takeCount(); got.session > most.session || got.draft > most.draft || got.application > most.application {
				t.Errorf("%s %s in a browser that has %s reads %+v, want at most %+v", path.method, path.url, has, got, most)
			}
		}
	}
}

// TestASaveReadsEachRecordOnce continues from an unchanged section.
func TestASaveReadsEachRecordOnce(t *testing.T) {
	t.Parallel()
	counter := &readCounter{readsPerSession: 1}
	s := newSite(t, settings{drafts: func(t *testing.T, c *clock) testDraftStore {
		k := openSQLiteDrafts(t, c)
		counter.Store = k.Store
		k.Store = counter
		return k
	}})
	v := s.visitor(t)
	v.apply(i18n.English, answerFirst)
	f := v.openFirstSection(i18n.English)
	s.countReads(t, counter)
	v.request(http.MethodPost, f.action, f.values(nil))
	if got := counter.takeCount(); got.draft != 1 || got.application != 1 {
		t.Errorf("Continue reads %+v", got)
	}
}

// A testRequest is a request to one of the routes of the site.
type testRequest struct {
	method, url string
	posts       url.Values
}

// requestPerRoute returns a request to each English route, without the routes that
// would end what later requests need.
func (s *site) requestPerRoute(confirm, resume string) (all []testRequest) {
	fill := strings.NewReplacer("/confirm/:token", strings.TrimPrefix(confirm, "/en"), "/resume/:token", strings.TrimPrefix(resume, "/en"),
		":section", "about", ":field", "email", ":code", "AAAAAAAA", ":act", "again")
	for _, r := range s.server.app.GetRoutes(true) {
		switch {
		case !strings.HasPrefix(r.Path, "/en/"), r.Method == http.MethodHead, strings.Contains(r.Path, "manifest"):
		case r.Method == http.MethodPost && (strings.HasSuffix(r.Path, "/correct") || strings.HasSuffix(r.Path, "/delete")):
		default:
			all = append(all, testRequest{r.Method, fill.Replace(r.Path), url.Values{"do": {""}}})
		}
	}
	return all
}
