package web

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// hidden is the request that a proxy takes for a part of the one before it.
const hidden = "GET /en/privacy HTTP/1.1\r\nHost: x\r\n\r\n"

var (
	chunked    = []string{"Host: x", "Transfer-Encoding: chunked"}
	bodySize   = strconv.Itoa(len(hidden))
	longerSize = strconv.Itoa(len(hidden) + len("0\r\n\r\n"))
	hexSize    = strconv.FormatInt(int64(len(hidden)), 16)
)

// smuggled are requests that a proxy and the site could end at different bytes,
// with hidden between the two.
var smuggled = []struct {
	name    string
	headers []string
	body    string
	accepts bool // whether the request has one possible end, or the connection ends with it
}{
	{"a length", []string{"Host: x", "Content-Length: " + bodySize}, hidden, true},
	{"chunks", chunked, hexSize + ";a=b\r\n" + hidden + "\r\n0\r\n\r\n", true},

	{"a newline in a chunk extension", chunked, "2;\nxx\r\n" + hexSize + "\r\n0\r\n\r\n" + hidden + "\r\n0\r\n\r\n", false},
	{"a newline within a chunk extension", chunked, hexSize + ";a\nb\r\n" + hidden + "\r\n0\r\n\r\n", false},
	{"a carriage return in a chunk extension", chunked, "0;a\rb\r\n\r\n" + hidden, false},
	{"newlines alone after a chunk size", chunked, "0\n\n" + hidden, false},
	{"a chunk that is longer than its size", chunked, "1\r\naXX0\r\n\r\n" + hidden, false},
	{"a chunk without its newline", chunked, "1\r\na0\r\n\r\n" + hidden, false},
	{"a chunk size with 0x", chunked, "0x0\r\n\r\n" + hidden, false},
	{"a chunk size with a sign", chunked, "+" + hexSize + "\r\n" + hidden + "\r\n0\r\n\r\n", false},
	{"a chunk size of 65 bits", chunked, "10000000000000000\r\n\r\n" + hidden, false},
	{"a length in the trailer", chunked, "0\r\nContent-Length: " + bodySize + "\r\n\r\n" + hidden, false},

	{"a length and chunks", []string{"Host: x", "Content-Length: " + longerSize, "Transfer-Encoding: chunked"}, "0\r\n\r\n" + hidden, true},
	{"chunks and a length", []string{"Host: x", "Transfer-Encoding: chunked", "Content-Length: " + longerSize}, "0\r\n\r\n" + hidden, true},
	{"chunks twice", []string{"Host: x", "Transfer-Encoding: chunked", "Transfer-Encoding: identity"}, "0\r\n\r\n" + hidden, false},
	{"chunks that are not the last coding", []string{"Host: x", "Transfer-Encoding: chunked, identity"}, "0\r\n\r\n" + hidden, false},
	{"chunks of another coding", []string{"Host: x", "Transfer-Encoding: gzip, chunked"}, "0\r\n\r\n" + hidden, false},
	{"a coding that is nearly chunked", []string{"Host: x", "Transfer-Encoding: \vchunked"}, "0\r\n\r\n" + hidden, false},
	{"an unknown coding and a length", []string{"Host: x", "Transfer-Encoding: xchunked", "Content-Length: " + bodySize}, hidden, false},

	{"two lengths", []string{"Host: x", "Content-Length: 0", "Content-Length: " + bodySize}, hidden, false},
	{"a list of lengths", []string{"Host: x", "Content-Length: 0, " + bodySize}, hidden, false},
	{"a length with a sign", []string{"Host: x", "Content-Length: +" + bodySize}, hidden, false},
	{"a negative length", []string{"Host: x", "Content-Length: -" + bodySize}, hidden, false},
	{"a length with 0x", []string{"Host: x", "Content-Length: 0x" + hexSize}, hidden, false},
	{"an empty length", []string{"Host: x", "Content-Length:"}, hidden, false},
	{"a length of 65 bits", []string{"Host: x", "Content-Length: 18446744073709551616"}, hidden, false},

	{"a space before the colon of a length", []string{"Host: x", "Content-Length : " + bodySize}, hidden, false},
	{"a tab before the colon of a length", []string{"Host: x", "Content-Length\t: " + bodySize}, hidden, false},
	{"a space before the colon of a coding", []string{"Host: x", "Content-Length: " + longerSize, "Transfer-Encoding : chunked"}, "0\r\n\r\n" + hidden, false},
	{"a length without a colon", []string{"Host: x", "Content-Length " + bodySize}, hidden, false},
	{"a carriage return in a header", []string{"Host: x", "X: a\rContent-Length: " + bodySize}, hidden, false},
	{"NUL in a header", []string{"Host: x", "X: a\x00", "Content-Length: " + bodySize}, hidden, false},
	{"a first header that is a continuation", []string{" Host: x", "Host: x", "Content-Length: " + bodySize}, hidden, false},

	{"no Host", []string{"Content-Length: 0"}, hidden, false},
	{"an empty Host", []string{"Host:", "Content-Length: 0"}, hidden, false},
	{"two Hosts", []string{"Host: x", "Host: y", "Content-Length: 0"}, hidden, false},
	{"the same Host twice", []string{"Host: x", "Host: x", "Content-Length: 0"}, hidden, false},
	{"a space before the colon of the Host", []string{"Host : x", "Content-Length: 0"}, hidden, false},
	{"a space in the Host", []string{"Host: x y", "Content-Length: 0"}, hidden, false},

	{"a length that is folded", []string{"Host: x", "Content-Length:", " " + bodySize}, hidden, false},
	{"a header that is folded", []string{"Host: x", "X: a", " b", "Content-Length: 0"}, hidden, false},
	{"a Host with a name before it", []string{"Host: a@x", "Content-Length: 0"}, hidden, false},
	{"a Host with a path", []string{"Host: x/y", "Content-Length: 0"}, hidden, false},
	{"a Host with a list", []string{"Host: x,y", "Content-Length: 0"}, hidden, false},
	{"a Host that is folded", []string{"Host:", " x", "Content-Length: 0"}, hidden, false},
	{"a name of a header with a space", []string{"Host: x", "A B: c", "Content-Length: 0"}, hidden, false},
	{"a name of a header with NUL", []string{"Host: x", "A\x00: c", "Content-Length: 0"}, hidden, false},
	{"a header without a name", []string{"Host: x", ": c", "Content-Length: 0"}, hidden, false},
}

// TestNoRequestIsSmuggled holds that each of smuggled has one answer, and that
// the site never runs the hidden request.
func TestNoRequestIsSmuggled(t *testing.T) {
	t.Parallel()
	s := newSite(t, settings{})
	for _, tt := range smuggled {
		statuses := s.answers(t, postTo(tt.headers)+tt.body)
		if len(statuses) != 1 || tt.accepts == (statuses[0] == http.StatusBadRequest) {
			t.Errorf("%s: answered %v, want one answer, a 400: %v", tt.name, statuses, !tt.accepts)
		}
	}
	if strings.Contains(s.log.String(), "/en/privacy") {
		t.Error("a hidden request was run")
	}
	t.Attr("measured", fmt.Sprintf("%d requests, each answered once", len(smuggled)))
}

// oddLines are first lines of requests that mean different things to different programs.
var oddLines = map[string]string{
	"another host in the path":        "POST http://evil.example/en HTTP/1.1",
	"a version in small letters":      "POST /en http/1.1",
	"a space in the path":             "POST /en x HTTP/1.1",
	"NUL in the path":                 "POST /en\x00 HTTP/1.1",
	"a carriage return in the path":   "POST /e\rn HTTP/1.1",
	"no version":                      "POST /en",
	"no path":                         "POST  HTTP/1.1",
	"a path without its slash":        "POST en HTTP/1.1",
	"a method with a colon":           "PO:ST /en HTTP/1.1",
	"a method with NUL":               "PO\x00ST /en HTTP/1.1",
	"a method in small letters":       "post /en HTTP/1.1",
	"a method that there is not":      "BREW /en HTTP/1.1",
	"a connection to another host":    "CONNECT evil.example:443 HTTP/1.1",
	"a method with a space before it": " POST /en HTTP/1.1",
	"two spaces before the path":      "POST  /en HTTP/1.1",
	"a tab instead of a space":        "POST\t/en HTTP/1.1",
	"a space after the version":       "POST /en HTTP/1.1 ",
}

// TestOddFirstLinesAreRefused holds that each of oddLines has one answer, a 400, and that
// the site runs no hidden request.
func TestOddFirstLinesAreRefused(t *testing.T) {
	t.Parallel()
	s := newSite(t, settings{})
	for name, line := range oddLines {
		statuses := s.answers(t, line+"\r\nHost: x\r\nContent-Length: "+bodySize+"\r\n\r\n"+hidden)
		if !slices.Equal(statuses, []int{http.StatusBadRequest}) {
			t.Errorf("%s: answered %v, want one refusal", name, statuses)
		}
	}
	if strings.Contains(s.log.String(), "/en/privacy") {
		t.Error("a hidden request was run")
	}
	t.Attr("measured", fmt.Sprintf("%d first lines, each refused", len(oddLines)))
}

// TestPipelinedRequestsAreAllAnswered shows that TestNoRequestIsSmuggled would
// see a second answer.
func TestPipelinedRequestsAreAllAnswered(t *testing.T) {
	t.Parallel()
	s := newSite(t, settings{})
	statuses := s.answers(t, postTo([]string{"Host: x", "Content-Length: 0"})+hidden)
	if want := []int{http.StatusUnsupportedMediaType, http.StatusOK}; !slices.Equal(statuses, want) || !strings.Contains(s.log.String(), "/en/privacy") {
		t.Errorf("answered %v, want %v", statuses, want)
	}
}

func postTo(headers []string) string {
	return "POST /en/apply/about HTTP/1.1\r\n" + strings.Join(headers, "\r\n") + "\r\n\r\n"
}

// answers sends bytes over a connection of their own and returns the status of
// each response that comes back.
func (s *site) answers(t *testing.T, request string) (statuses []int) {
	t.Helper()
	conn, err := net.Dial("tcp", strings.TrimPrefix(s.url, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	conn.SetDeadline(time.Now().Add(10 * time.Second)) //nolint:errcheck // reading would fail as well
	if _, err := fmt.Fprint(conn, request); err != nil {
		t.Fatal(err)
	}
	conn.(*net.TCPConn).CloseWrite() //nolint:errcheck // the answer tells
	for r := bufio.NewReader(conn); ; {
		res, err := http.ReadResponse(r, nil)
		if err != nil {
			return statuses
		}
		io.Copy(io.Discard, res.Body) //nolint:errcheck // the next response tells
		statuses = append(statuses, res.StatusCode)
	}
}
